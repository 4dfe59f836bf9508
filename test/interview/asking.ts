import { interviewCommand } from '../../src/commands/interview.ts';
import { newCommand } from '../../src/commands/new.ts';
import { openProject } from '../../src/io/project.ts';
import { freshFolder } from '../support/cli.ts';
import { ktrdr } from '../support/ktrdr.ts';
import { FakeTerminal } from './fake-terminal.ts';

/** An interview that is under way: a person's terminal, the folder it works on, and the exit code that it will have. */
export interface Asking {
  readonly terminal: FakeTerminal;
  readonly cwd: string;
  readonly code: Promise<number>;
}

/** Begins an interview at a terminal, with these answers given before. */
export function interviewed(
  given: { readonly [field: string]: unknown } = {},
  options: { readonly cwd?: string; readonly force?: boolean; readonly from?: string } = {},
  terminal = new FakeTerminal(),
): Asking {
  const cwd = options.cwd ?? freshFolder();
  const code = interviewCommand(
    {
      project: openProject(cwd),
      profile: ktrdr,
      options: {
        cwd,
        here: cwd,
        json: false,
        dryRun: false,
        force: options.force ?? false,
        ...(options.from === undefined ? {} : { from: options.from }),
      },
      known: given,
    },
    terminal.io,
  );
  return { terminal, cwd, code };
}

/** Makes the same from answers, without a question. */
export async function made(answers: object): Promise<string> {
  const cwd = freshFolder();
  const set = Object.entries(answers).map(([key, value]) => `${key}:=${JSON.stringify(value)}`);
  await newCommand(
    { cwd, here: cwd, json: true, set, dryRun: false, force: false },
    new FakeTerminal().io,
  );
  return cwd;
}

/** Keys, as a terminal sends them. */
export const keys = {
  enter: '\r',
  up: '\u001b[A',
  down: '\u001b[B',
  escape: '\u001b',
  interrupt: '\u0003',
  end: '\u0004',
  clear: '\u0015',
} as const;

/** The same key, so many times. */
export function times(count: number, key: string): string {
  return key.repeat(count);
}
