import type { Profile } from '../profile/schema.ts';
import type { Answers } from '../answers/schema.ts';

/** A command of the system under test, as the trigger of a scenario. */
export interface Command {
  readonly argv: readonly string[];
  /** Operation that it starts and the endpoint that would start the same, where the profile knows the command. */
  readonly starts?: { readonly operation: string; readonly endpoint: string };
  /** The calibration's parameters that its words name; placeholders that are left (`{symbol}`) are none. */
  readonly values: { readonly [parameter: string]: string };
  /** Exit codes by how the operation ends. */
  readonly exits: {
    readonly completed?: number | undefined;
    readonly cancelled?: number | undefined;
    readonly failed?: number | undefined;
  };
}

/** The command of a trigger; one whose first words are those of a command in the profile starts what that one starts. */
export function commandOf(trigger: Answers['trigger'], profile: Profile): Command | undefined {
  if (trigger.kind !== 'cli') return undefined;
  const argv = typeof trigger.command === 'string' ? words(trigger.command) : trigger.command;
  const known = profile.cli
    .flatMap((one) =>
      one.starts === undefined ? [] : [{ ...one.starts, length: fixed(one.starts.form) }],
    )
    .filter(({ form, length }) =>
      form.slice(0, length).every((word, index) => argv[index] === word),
    )
    .toSorted((a, b) => b.length - a.length)[0];
  if (!known) return { argv, values: {}, exits: {} };
  return {
    argv,
    starts: { operation: known.operation, endpoint: known.endpoint },
    values: valuesIn(argv, known.form),
    exits: known.exits,
  };
}

/** The words with the calibration's parameters in the place of `{symbol}` and the like. */
export function filledWords(
  argv: readonly string[],
  parameters: { readonly [name: string]: unknown },
): readonly string[] {
  return argv.map((word) =>
    word.replaceAll(/\{([a-z][a-z0-9-]*)\}/g, (whole, name: string) =>
      Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
    ),
  );
}

/** How many words stand before the first one that holds a parameter or is an option. */
function fixed(form: readonly string[]): number {
  const end = form.findIndex((word) => word.includes('{') || word.startsWith('-'));
  return end < 0 ? form.length : end;
}

/** What a command says in the places where its form has parameters; nothing, where it is of another form. */
function valuesIn(argv: readonly string[], form: readonly string[]): Command['values'] {
  const found: Record<string, string> = {};
  if (argv.length !== form.length) return found;
  for (const [index, word] of form.entries()) {
    const given = argv[index] ?? '';
    const parts = /^(.*)\{([a-z][a-z0-9-]*)\}(.*)$/.exec(word);
    if (!parts) {
      if (given !== word) return {};
      continue;
    }
    const [, before = '', name = '', after = ''] = parts;
    if (!given.startsWith(before) || !given.endsWith(after)) return {};
    const value = given.slice(before.length, given.length - after.length);
    if (!value.includes('{')) found[name] = value;
  }
  return found;
}

/** A command line as words, split at white space without a shell; quotes group, and nothing is expanded. */
function words(line: string): readonly string[] {
  const found = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return found.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'/g,
      (_whole, double?: string, single?: string) => double ?? single ?? '',
    ),
  );
}
