import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Common, Io } from '../commands/io.ts';
import { packageRoot } from '../io/package-root.ts';
import { projectCommands } from './project.ts';
import { runCommands } from './runs.ts';
import { scenarioCommands } from './scenarios.ts';

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

/** The whole command line; `done` gets the exit code of the command that ran. */
export function programOf(io: Io, done: (code: number) => void): Command {
  const program = new Command('scenario')
    .description(
      'End-to-end scenarios that can be trusted: document, script, index entry, verdict and proof.',
    )
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: () => undefined })
    .version(version(), '--version', 'print the version')
    .addHelpText(
      'after',
      '\nExample:\n  scenario new --from answers.yaml && scenario run --all --sandbox\n\nEach command has its own --help.',
    )
    .exitOverride()
    .showSuggestionAfterError(true)
    .enablePositionalOptions();
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

  const cli: Cli = { program, io, add, common, done };
  scenarioCommands(cli);
  runCommands(cli);
  projectCommands(cli);
  return program;
}

function version(): string {
  const { version: text } = JSON.parse(
    readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
  ) as { version: string };
  return text;
}
