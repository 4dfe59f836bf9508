import type { Io } from './commands/io.ts';
import { tellError } from './cli/errors.ts';
import { programOf } from './cli/program.ts';
import { exitCodes } from './errors.ts';

/** Exits with the code of the command: the only exit, and the only catch at the top. */
async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    let code = 0;
    const program = programOf(io, (result) => {
      code = result;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return tellError(error, argv, io);
  }
}

/** One signal that aborts when the process is asked to end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => controller.abort(name));
  return controller.signal;
}

// A reader that has seen enough (`scenario list | head -1`) closes the pipe: that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout)
      process.stderr.write(`cannot write to standard output: ${error.message}\n`);
    process.exitCode = exitCodes.notWell;
  });
}

const argv = process.argv.slice(2);
// The same file serves both bins: `new-scenario …` is `scenario new …`.
const called = /new-scenario(?:\.[cm]?js)?$/.test(process.argv[1] ?? '') ? ['new', ...argv] : argv;
// A function of its own: a bundle that awaits at its top can't be a plain script, which V8 starts from its code cache.
void start();

async function start(): Promise<void> {
  process.exitCode = await main(called, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interruption(),
  });
}
