import type { Asked } from '../interview/generator.ts';
import type { Opened } from '../interview/opened.ts';
import { Interrupted } from '../interview/ask.ts';
import { exitCodes } from '../errors.ts';
import type { Common, Io } from './io.ts';
import { tellMade } from './tell-made.ts';

/** What `scenario new` has read before it asks. */
type Missing = Omit<Opened, 'streams'> & { readonly options: Common };

/** Asks for what is missing with plop's generator, then makes the scenario as from a file of answers. */
export async function interviewCommand(
  { project, profile, options, known }: Missing,
  io: Io,
): Promise<number> {
  const streams = { input: io.stdin, output: io.stdout, signal: io.signal };
  try {
    const { answers, opened } = await ask({ project, profile, options, known, streams });
    if (!answers) {
      io.stderr.write('nothing was written\n');
      return exitCodes.ok;
    }
    // Not by plop's own runner: of an error that an action throws it keeps only the message.
    const { make } = await import('../interview/generator.ts');
    const { made, warnings } = await make(answers, opened);
    tellMade(made, warnings, options, io);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.stderr.write(`${error.message}\n`);
    return exitCodes.interrupted;
  }
}

/** Lets plop run the questions of its generator; plop is loaded only here, where someone is asked. Throws {@link Interrupted}. */
export async function ask(opened: Opened): Promise<Asked> {
  const [{ default: nodePlop }, { default: plopfile }] = await Promise.all([
    import('node-plop'),
    import('../../plopfile.ts'),
    // The plopfile asks for it next; meanwhile plop is read.
    import('../interview/generator.ts'),
  ]);
  const plop = await nodePlop();
  plopfile(plop, { opened });
  return (await plop.getGenerator('scenario').runPrompts()) as Asked;
}
