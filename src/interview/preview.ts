import type { Answers } from '../answers/schema.ts';
import { Back, type Ask } from './ask.ts';
import type { Plan, Session } from './session.ts';

/** Shows what would be written, as often and as fully as wished, until a person decides. */
export async function preview(
  ask: Ask,
  answers: Answers,
  session: Session,
): Promise<'write' | 'change' | 'no'> {
  const plan = await session.plan(answers);
  return decided(ask, plan);
}

async function decided(ask: Ask, plan: Plan): Promise<'write' | 'change' | 'no'> {
  ask.say('');
  for (const line of summary(plan)) ask.say(`  ${line}`);
  const picked = await decide(ask);
  if (picked !== 'document' && picked !== 'diff') return picked;
  await page(ask, (picked === 'diff' ? plan.diff : plan.document).trimEnd().split('\n'));
  return decided(ask, plan);
}

/** What would be written, in a few lines. */
function summary({ folder, checks, files, warnings }: Plan): readonly string[] {
  const own = files.filter(({ path }) => path.startsWith(folder));
  const others = files.filter(({ path }) => !path.startsWith(folder));
  const replaced = own.filter(({ isNew }) => !isNew);
  return [
    `${checks} checks · ${own.length} files in ${folder}/`,
    ...(others.length === 0 ? [] : [`and ${others.map(({ path }) => path).join(', ')}`]),
    ...(replaced.length === 0 ? [] : [`replaces ${replaced.map(({ path }) => path).join(', ')}`]),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
}

async function decide(ask: Ask): Promise<'write' | 'change' | 'document' | 'diff' | 'no'> {
  try {
    return await ask.choose({
      label: 'Write it?',
      choices: [
        { value: 'write', key: 'y', name: '(y)es', short: 'yes' },
        { value: 'change', key: 'c', name: '(c)hange an answer', short: 'change an answer' },
        { value: 'document', key: 'p', name: '(p)review the document', short: 'the document' },
        { value: 'diff', key: 'd', name: '(d)iff', short: 'the diff' },
        { value: 'no', key: 'n', name: '(n)o, write nothing', short: 'no' },
      ],
    });
  } catch (error) {
    // Esc here means what it means everywhere: back to the answers.
    if (error instanceof Back) return 'change';
    throw error;
  }
}

/** A long text, a screenful at a time. */
async function page(ask: Ask, lines: readonly string[], from = 0): Promise<void> {
  const next = from + Math.max(5, ask.size().rows - 4);
  ask.show(lines.slice(from, next));
  if (next < lines.length && (await wantsMore(ask, next, lines.length)))
    await page(ask, lines, next);
}

async function wantsMore(ask: Ask, seen: number, all: number): Promise<boolean> {
  try {
    return await ask.choose({
      label: `${seen} of ${all} lines`,
      choices: [
        { value: true, key: ' ', name: 'more', short: 'more' },
        { value: false, key: 'q', name: '(q)uit reading', short: 'enough' },
      ],
    });
  } catch (error) {
    if (error instanceof Back) return false;
    throw error;
  }
}
