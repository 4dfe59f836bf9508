import type { Command, Word } from 'unbash';
import { parseJq } from './jq/parse.ts';
import type { Jq } from './jq/program.ts';
import { perScript } from './per-script.ts';
import { constantOf, argsOf, nameOf } from './words.ts';
import type { Script } from './script.ts';

/** A call of jq and the program in it. */
export interface JqCall {
  readonly command: Command;
  /** `-e`: the last value decides the exit status. */
  readonly decides: boolean;
  /** Nothing is read: `-n`. */
  readonly alone: boolean;
  /** The word that holds the program; absent with `-f FILE`. */
  readonly word: Word | undefined;
  /** The program as jq gets it; empty where the shell puts something in that is not known here. */
  readonly text: string;
  readonly program: Jq | undefined;
  /** Variables that hold texts, whatever they look like: those of `--arg`, with the word that is given. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Options with values behind them (jq 1.7 manual). */
const takes: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--slurpfile': 2,
  '--rawfile': 2,
  '--argfile': 2,
  '--indent': 1,
  '-f': 1,
  '--from-file': 1,
  '-L': 1,
};

/** A call of jq; undefined for any other command. */
export function jqOf(script: Script, command: Command): JqCall | undefined {
  if (!/^(?:jq|gojq|jaq)$/.test(nameOf(command))) return undefined;
  const args = argsOf(command);
  const texts = new Map<string, string>();
  const options: string[] = [];
  let word: Word | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === undefined) break;
    if (arg.value === '--args' || arg.value === '--jsonargs') {
      options.push(arg.value);
    } else if (arg.value.startsWith('-') && arg.value !== '-') {
      options.push(arg.value);
      if (arg.value === '--arg') texts.set(args[at + 1]?.value ?? '', args[at + 2]?.value ?? '');
      at += takes[arg.value] ?? 0;
    } else {
      word ??= arg;
    }
  }
  const fromFile = options.some((option) => /^(?:-[a-zA-Z]*f|--from-file)$/.test(option));
  const text = fromFile || word === undefined ? '' : (constantOf(script, word) ?? word.value);
  return {
    command,
    decides: options.some((option) => /^(?:-[a-zA-Z]*e[a-zA-Z]*|--exit-status)$/.test(option)),
    alone: options.some((option) => /^(?:-[a-zA-Z]*n[a-zA-Z]*|--null-input)$/.test(option)),
    word: fromFile ? undefined : word,
    text,
    program: text === '' ? undefined : parseJq(text),
    texts,
  };
}

/** All calls of jq in a script. */
export const jqCalls = perScript((script): readonly JqCall[] =>
  script.all('Command').flatMap((command) => jqOf(script, command) ?? []),
);
