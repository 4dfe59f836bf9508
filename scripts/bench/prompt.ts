import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { compared, median, type BenchOptions, type Section } from './figure.ts';
import { cli, inFolder, inTurn, root } from './timed.ts';

const patienceMs = 60_000;

/** How long a person waits for the first question at a terminal, beside plop's own command line on the same generator. */
export async function firstPrompt({ rounds }: BenchOptions): Promise<Section> {
  return inFolder(async (folder) => {
    const plop = [
      '--import',
      'tsx',
      '--',
      'node_modules/plop/bin/plop.js',
      '--plopfile',
      'plopfile.ts',
    ];
    const [ours = [], theirs = []] = await inTurn(rounds, [
      () => untilAsked(['--', cli, 'new'], folder),
      () => untilAsked([...plop, '--dest', folder], root),
    ]);
    return {
      name: `the first question at a terminal (${rounds} rounds in turn, medians)`,
      commands: [
        'node dist/cli.js new',
        `node ${plop.join(' ')}    (that is npm run plop, without npm's own time)`,
      ],
      figures: [
        compared(
          "time to it, beside plop's command line",
          [median(ours), median(theirs)],
          'ms',
          0.6,
        ),
      ],
    };
  });
}

/** Milliseconds from the start until the first question is on the screen of a pseudo-terminal. */
function untilAsked(args: readonly string[], cwd: string): Promise<number> {
  const line = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  const start = performance.now();
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let screen = '';
    const limit = setTimeout(
      () => reject(new Error(`no question within ${patienceMs} ms: ${screen}`)),
      patienceMs,
    );
    child.on('error', reject);
    child.on('close', () => reject(new Error(`ended before it asked: ${screen}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      screen += String(chunk);
      if (!stripVTControlCharacters(screen).includes('? Name')) return;
      clearTimeout(limit);
      resolve(performance.now() - start);
      child.stdin.end();
      // The terminal goes, and what runs in it is told so.
      child.kill('SIGKILL');
    });
  });
}
