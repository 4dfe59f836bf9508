import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { atMost, compared, median, shown, type BenchOptions, type Section } from './figure.ts';
import { answersFile, cli, inFolder, inTurn, root, timed, timedNode, weighed } from './timed.ts';

/** A scenario whose script takes more than ten seconds at this speed. */
const id = 'training/training-progress';
const speed = 3;

/** What `run` adds to a script, in time, and what a script that prints without end costs it in memory. */
export async function running({ rounds }: BenchOptions): Promise<Section> {
  const times = Math.min(rounds, 5);
  const sandbox = await startSandbox({ ports: 'auto', speed, profileVersion: 'era' });
  try {
    const [ours = [], bare = []] = await inTurn(times, [
      () => byRun(sandbox),
      () => byItself(sandbox),
    ]);
    const overhead = median(ours) / median(bare);
    const [loud, quiet] = await inFolder(async (folder) => [
      await printing(join(folder, 'loud'), 'yes "$(printf %079d 0)" | head -c 100000000'),
      await printing(join(folder, 'quiet'), ':'),
    ]);
    return {
      name: `what run adds (${times} rounds in turn, medians)`,
      commands: [`scenario run ${id}`, `generated/${id}/run.sh`],
      figures: [
        {
          ...compared('run, beside its script alone', [median(ours), median(bare)], 's'),
          target: atMost(Math.round(overhead * 1000) / 1000, 1.1),
        },
        {
          what: 'the script alone takes long enough to tell',
          ours: shown(median(bare), 's'),
          target: { text: '≥ 10 s', met: median(bare) >= 10 },
        },
        {
          ...compared(
            'peak memory with 100 MB of output, beside none',
            [loud ?? 0, quiet ?? 0],
            'MB',
          ),
          target: atMost(Math.round(loud ?? 0), 256, ' MB'),
        },
      ],
    };
  } finally {
    await sandbox.close();
  }
}

async function byRun({ env }: RunningSandbox): Promise<number> {
  return (await timedNode(['--', cli, 'run', id], { cwd: root, env })).ms / 1000;
}

async function byItself({ env }: RunningSandbox): Promise<number> {
  return inFolder(async (evidence) => {
    const place = { cwd: root, env: { ...env, SCENARIO_EVIDENCE_DIR: evidence } };
    return (await timed(join(root, 'generated', id, 'run.sh'), [], place)).ms / 1000;
  });
}

/** The peak of `run` in MB, in a project whose script is one that prints so. */
async function printing(project: string, act: string): Promise<number> {
  mkdirSync(project);
  const made = await timedNode(
    ['--', cli, 'new', '--from', answersFile, '--cwd', project, '--json'],
    {
      cwd: root,
    },
  );
  const { id: own } = JSON.parse(made.stdout) as { id: string };
  const script = join(project, 'generated', own, 'run.sh');
  writeFileSync(script, `#!/bin/bash\n${act}\nprintf '1..1\\nok 1 - a\\n'\n`);
  return (await weighed(['--', cli, 'run', own], { cwd: project, fine: [0, 1] })).megabytes;
}
