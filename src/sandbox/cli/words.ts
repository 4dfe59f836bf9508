import { closeMatches } from './close-match.ts';
import { Exit, type Io } from './io.ts';
import { usage } from './print.ts';

/** A command's options and arguments, as its help shows them. */
export interface Command {
  /** `ktrdr models train`. */
  readonly name: string;
  readonly form: string;
  readonly arguments: readonly { readonly name: string; readonly required: boolean }[];
  readonly options: readonly Option[];
}

/** One option. */
export interface Option {
  readonly long: string;
  readonly short?: string;
  readonly kind: 'text' | 'number' | 'whole' | 'flag';
  readonly default?: string;
  readonly required?: boolean;
}

/** What was given: arguments in order, options by their long name. */
export interface Given {
  readonly arguments: readonly (string | undefined)[];
  readonly options: { readonly [long: string]: string | undefined };
}

/** Reads the words of a command; a mistake is told and ends it with 2. */
export function read(words: readonly string[], command: Command, io: Io): Given {
  const refuse = (message: string): never => {
    usage(io, command, message);
    throw new Exit(2);
  };
  const options: Record<string, string | undefined> = Object.fromEntries(
    command.options.map((one) => [one.long, one.default]),
  );
  const plain: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const [name = '', inline] = word.startsWith('--') ? split(word) : [word];
    const known = command.options.find((one) => one.long === name || one.short === name);
    if (!known) return refuse(unknownOption(name, command));
    const value = known.kind === 'flag' ? 'yes' : (inline ?? rest.shift());
    if (value === undefined) return refuse(`Option '${name}' requires an argument.`);
    const bad = wrongNumber(known, value);
    if (bad) return refuse(bad);
    options[known.long] = value;
  }
  const missing = command.arguments.find(
    ({ required }, index) => required && plain[index] === undefined,
  );
  if (missing) return refuse(`Missing argument '${missing.name}'.`);
  const absent = command.options.find((one) => one.required && options[one.long] === undefined);
  if (absent) return refuse(`Missing option '${absent.long}'.`);
  const extra = plain.slice(command.arguments.length);
  if (extra.length > 0) return refuse(`Got unexpected extra argument(s) (${extra.join(' ')})`);
  return { arguments: command.arguments.map((_one, index) => plain[index]), options };
}

function split(word: string): readonly [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function wrongNumber({ kind, long, short }: Option, value: string): string | undefined {
  const names = short === undefined ? `'${long}'` : `'${long}' / '${short}'`;
  if (kind === 'whole' && !/^[+-]?\d+$/.test(value))
    return `Invalid value for ${names}: '${value}' is not a valid int.`;
  if (kind === 'number' && !Number.isFinite(Number(value)))
    return `Invalid value for ${names}: '${value}' is not a valid float.`;
  return undefined;
}

function unknownOption(name: string, { options }: Command): string {
  const like = closeMatches(
    name,
    options.map(({ long }) => long),
  );
  const hint = like.toSorted().join(', ');
  return `No such option: ${name}${hint === '' ? '' : ` (Possible options: ${hint})`}`;
}
