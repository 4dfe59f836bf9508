import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Io } from '../commands/io.ts';
import { packageRoot } from '../io/package-root.ts';
import { declaring } from './declare.ts';
import { projectCommands } from './project.ts';
import { runCommands } from './runs.ts';
import { scenarioCommands } from './scenarios.ts';

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
  const cli = declaring(program, io, done);
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
