import type { Command } from 'commander';
import { candidates, completionScripts, shells, type Known } from '../completion/candidates.ts';
import { Told } from '../errors.ts';
import { scenarioIds } from '../io/library.ts';
import { openProject } from '../io/project.ts';
import { nearest } from '../nearest.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario completion`. */
export interface CompletionOptions extends Common {
  /** A shell, or `words` for what may come next. */
  readonly shell: string;
  readonly words: readonly string[];
}

/** Prints what a shell reads to complete commands, options and ids; with `words`, what may stand in the place of the last one. */
export async function completionCommand(
  options: CompletionOptions,
  program: Command,
  io: Io,
): Promise<number> {
  const { shell, words, json } = options;
  if (shell === 'words') {
    const found = candidates(knownOf(program), words, idsOf(options));
    if (json) writeJson(io, { words: found });
    else io.stdout.write(found.map((one) => `${one}\n`).join(''));
    return 0;
  }
  const known = shells.find((one) => one === shell);
  if (known === undefined) {
    const close = nearest(shell, shells);
    throw new Told(`there is no completion for ${JSON.stringify(shell)}`, {
      code: 'usage',
      cure: close === undefined ? `one of ${shells.join(', ')}` : `did you mean ${close}?`,
    });
  }
  if (json) writeJson(io, { shell: known, script: completionScripts[known] });
  else io.stdout.write(completionScripts[known]);
  return 0;
}

/** Where there is no project, or a broken one, there are no ids to offer: a person who types a Tab wants no error. */
function idsOf({ cwd }: CompletionOptions): readonly string[] {
  try {
    return scenarioIds(openProject(cwd));
  } catch (error) {
    if (error instanceof Told) return [];
    throw error;
  }
}

function knownOf(command: Command): Known {
  const takes = command.registeredArguments;
  return {
    name: command.name(),
    commands: command.commands.map(knownOf),
    options: [
      ...command.options.flatMap(({ long, required, optional, argChoices }) =>
        long === undefined || long === null
          ? []
          : [
              {
                name: long,
                hasValue: required || optional,
                ...(argChoices ? { values: argChoices } : {}),
              },
            ],
      ),
      { name: '--help', hasValue: false },
    ],
    takes: takes.map((one) => one.name()),
    repeats: takes.at(-1)?.variadic ?? false,
  };
}
