import type { Command } from 'commander';
import {
  candidates,
  completionScripts,
  shells,
  type Known,
  type Values,
} from '../completion/candidates.ts';
import { Told } from '../errors.ts';
import { profileQuestions } from '../files/profile-files.ts';
import { allRows, scenarioIds } from '../io/library.ts';
import { openProject } from '../io/project.ts';
import { ofItsVersion } from '../io/workspace.ts';
import { nearest } from '../nearest.ts';
import { loadProfile } from '../profile/load.ts';
import { categories } from '../profile/schema.ts';
import { formats } from '../report/formats.ts';
import { gateNames } from '../trace/model.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { schemaNames } from './schema.ts';

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
    const found = candidates(knownOf(program), words, {
      ...fixedValues,
      ...(await valuesIn(options)),
    });
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

/** Values that hold in every project. */
const fixedValues: Values = {
  shell: shells,
  'schema name': schemaNames,
  '--category': categories,
  '--fail-on': [...gateNames, 'none'],
  '--report': formats.map((one) => `${one}=`),
  'init --set': profileQuestions.map(({ key }) => `${key}=`),
};

/**
 * What the project and its profile have. Where there is none, or a broken one, there is nothing to offer: a person who types a Tab wants
 * no error.
 */
async function valuesIn({ cwd, words }: CompletionOptions): Promise<Values> {
  try {
    const project = openProject(cwd);
    const profile = ofItsVersion(
      await loadProfile(project.profile, { root: project.root }),
      project,
    );
    const ids = scenarioIds(project);
    const services = Object.keys(profile.services);
    return {
      id: ids,
      ids,
      '--for': ids,
      '--domain': Object.keys(profile.domains),
      '--endpoint': Object.keys(profile.endpoints),
      '--service': services,
      'find --service': unique([...services, ...Object.keys(profile.components)]),
      '--mode': Object.entries(profile.modes).flatMap(([kind, { values }]) =>
        Object.keys(values).map((value) => `${kind}=${value}`),
      ),
      // These stand in the scenario files: all are read only where one is asked for.
      '--milestone': words.some((one) => one.startsWith('--milestone'))
        ? unique(allRows(project, profile).flatMap(({ milestone }) => milestone ?? []))
        : [],
    };
  } catch (error) {
    if (error instanceof Told) return {};
    throw error;
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
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
