import { CommanderError } from 'commander';
import type { Io } from '../commands/io.ts';
import { exitCodes, Told } from '../errors.ts';

/** Tells an error as one line or one JSON document, and gives the exit code (contract, sections 1 and 6). */
export function tellError(error: unknown, argv: readonly string[], io: Io): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const told =
    error instanceof CommanderError ? usage(error) : error instanceof Told ? error : undefined;
  if (io.signal.aborted && !told) return exitCodes.interrupted;
  const { code, message, where, cure, issues } = told ?? {
    code: 'bug',
    message: error instanceof Error ? error.message : String(error),
    where: undefined,
    cure: 'this is a mistake in new-scenario itself: run again with --debug and report it',
    issues: undefined,
  };
  if (argv.includes('--json')) {
    const document = {
      code,
      message,
      ...(where === undefined ? {} : { where }),
      ...(cure === undefined ? {} : { cure }),
      ...(issues === undefined ? {} : { issues }),
    };
    io.stdout.write(`${JSON.stringify({ error: document }, null, 2)}\n`);
  } else {
    io.stderr.write(`${told?.detail ?? oneLine(message, where, cure)}\n`);
  }
  if (argv.includes('--debug') && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`);
  return told?.exitCode ?? exitCodes.bug;
}

function oneLine(message: string, where: string | undefined, cure: string | undefined): string {
  return (
    [where === undefined ? 'error' : where, message].join(': ') +
    (cure === undefined ? '' : ` (${cure})`)
  );
}

/** Commander's messages, which name the nearest flag or command already. */
function usage(error: CommanderError): Told {
  const text = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const help = error.code === 'commander.help' ? 'name a command' : text;
  return new Told(help, { code: 'usage', cure: 'see `scenario --help`' });
}
