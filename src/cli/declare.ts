import type { Command } from 'commander';
import type { Common, Io } from '../commands/io.ts';

/** What a group of commands is declared with. */
export interface Cli {
  readonly program: Command;
  readonly io: Io;
  /** Declares a command with the options that each has. */
  add(
    name: string,
    description: string,
    example: string | (() => string),
    under?: Command,
  ): Command;
  /** The options that each command has, read. */
  common(options: { cwd?: string; json?: boolean }): Common;
  done(code: number): void;
}

/** Declares commands of `program`. */
export function declaring(program: Command, io: Io, done: (code: number) => void): Cli {
  const common = (options: { cwd?: string; json?: boolean }): Common => ({
    cwd: options.cwd ?? process.cwd(),
    here: process.cwd(),
    json: options.json === true,
  });
  const add: Cli['add'] = (
    name: string,
    description: string,
    example: string | (() => string),
    under: Command = program,
  ): Command =>
    under
      .command(name)
      .description(description)
      .option('--json', 'one JSON document on stdout')
      .option('--cwd <dir>', 'work on the project in this folder')
      .option('--debug', 'with an error, show where in the program it arose')
      .addHelpText(
        'after',
        () =>
          `\nExample:\n  ${(typeof example === 'string' ? example : example()).replaceAll('\n', '\n  ')}`,
      );
  return { program, io, add, common, done };
}
