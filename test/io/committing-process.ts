import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitFiles, commitInSteps, healInSteps, withProjectLock } from '../../src/io/commit.ts';
import { cases, staging } from './commit-cases.ts';

// A real process for the tests: it kills itself before a step, adds rows to an index, or holds the lock until killed.
const [job = '', root = '', ...rest] = process.argv.slice(2);

if (job === 'commit') {
  const one = cases[rest[0] ?? ''] ?? { before: {}, files: [] };
  const options = { root, staging, ...(one.remove && { remove: one.remove }) };
  await withProjectLock(root, staging, async () =>
    killBefore(Number(rest[1]), commitInSteps(one.files, options)),
  );
} else if (job === 'heal') {
  killBefore(Number(rest[0]), healInSteps(root, staging));
} else if (job === 'add') {
  await addRows(rest[0] ?? '', 0, Number(rest[1]));
} else if (job === 'try') {
  const file = { path: rest[0] ?? '', text: 'new' };
  const files = [{ path: 'generated/x/run.sh', text: 'new', executable: true }, file];
  await commitFiles(files, { root, staging }).catch((error: unknown) =>
    process.stdout.write(JSON.stringify(error)),
  );
} else if (job === 'hold') {
  await withProjectLock(root, staging, async () => {
    process.stdout.write('held\n');
    await new Promise((resolve) => setTimeout(resolve, 100_000));
  });
}

function killBefore(step: number, steps: Iterable<string>): void {
  let taken = 0;
  for (const _ of steps) if (taken++ === step) process.kill(process.pid, 'SIGKILL');
}

async function addRows(name: string, from: number, to: number): Promise<void> {
  if (from === to) return;
  await addRow(`${name}-${from}`);
  await addRows(name, from + 1, to);
}

async function addRow(name: string): Promise<void> {
  await withProjectLock(root, staging, async () => {
    const index = readFileSync(join(root, 'docs/index.md'), 'utf8');
    const files = [
      { path: `generated/${name}/run.sh`, text: name, executable: true },
      { path: 'docs/index.md', text: `${index}${name}\n` },
    ];
    await commitFiles(files, { root, staging });
  });
}
