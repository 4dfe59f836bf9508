import { Told, type Problem } from '../errors.ts';
import { invalidInput, readDocumentFile, type ReadDocument, type Surroundings } from './read.ts';
import { keysOf, withSpelling } from './spelling.ts';

/** Answers as they were given, and how to refuse them. */
export interface GivenAnswers {
  readonly value: { readonly [key: string]: unknown };
  /** The error for these problems, placed in the file that the answers came from. */
  refusal(problems: readonly Problem[]): Told;
}

/** Reads answers from a file or stdin, puts them over what is known already, and `--set` over them. */
export async function readAnswers(
  options: { readonly from?: string; readonly set: readonly string[] },
  surroundings: Surroundings,
  known: object = {},
): Promise<GivenAnswers> {
  const document =
    options.from === undefined ? undefined : await readDocumentFile(options.from, surroundings);
  const start = document
    ? withSpelling(document, ['name', 'domain', 'purpose', 'milestone', 'ref'])
    : {};
  const value = options.set.reduce<object>((answers, setting) => withSetting(answers, setting), {
    ...known,
    ...((start ?? {}) as object),
  });
  return {
    value: value as GivenAnswers['value'],
    refusal: (problems) => refusal(problems, document, options.set.map(keyOf)),
  };
}

function refusal(
  problems: readonly Problem[],
  document: ReadDocument | undefined,
  set: readonly string[],
): Told {
  const located = problems.map((problem) => {
    // What a flag said stands nowhere in the file.
    if (set.some((key) => touches(key, problem.path))) return problem;
    const part = /^(?:\S+ )?unknown (?:answer|key)/.test(problem.message) ? 'key' : 'value';
    const at = document?.position(keysOf(problem.path), part);
    return at ? { ...problem, ...at } : problem;
  });
  const told = invalidInput(located, document?.source);
  const flag = set.find((key) => touches(key, located[0]?.path ?? ''));
  const where = flag === undefined ? told.where : `--set ${flag}`;
  return new Told(told.message, {
    code: 'invalid-answers',
    cure: 'see `scenario new --help` for a whole example, `scenario schema answers` for every field',
    issues: told.issues ?? problems,
    ...(where === undefined ? {} : { where }),
    ...(told.detail === undefined ? {} : { detail: told.detail }),
  });
}

/** Whether a flag said something at, above or below this path. */
function touches(key: string, path: string): boolean {
  return key === path || path.startsWith(`${key}.`) || key.startsWith(`${path}.`);
}

function keyOf(setting: string): string {
  return /^[^=]*?(?=:?=)/.exec(setting)?.[0] ?? setting;
}

/** One `--set key=value` (text) or `--set key:=JSON`; keys are dotted, list positions are numbers. */
function withSetting(answers: object, setting: string): object {
  const found = /^([A-Za-z_][\w.-]*?)(:?=)([\s\S]*)$/.exec(setting);
  const [, key = '', sign, text = ''] = found ?? [];
  if (!found) {
    throw new Told(`--set ${setting} is not key=value`, {
      code: 'usage',
      cure: 'write --set category=smoke, or --set outcome:=[…] for JSON',
    });
  }
  return placed(answers, key.split('.'), sign === ':=' ? jsonOf(key, text) : text) as object;
}

function jsonOf(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Told(
      `--set ${key}:= is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      {
        code: 'usage',
        where: `--set ${key}`,
        cure: `quote it for the shell: --set '${key}:=["a", "b"]', or write ${key}=text for a text`,
      },
    );
  }
}

function placed(target: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(target) && /^\d+$/.test(key)) {
    const list: unknown[] = [...(target as unknown[])];
    const at = Math.min(Number(key), list.length);
    list[at] = placed(list[at], rest, value);
    return list;
  }
  const record =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const inner = Object.hasOwn(record, key)
    ? (record as { readonly [key: string]: unknown })[key]
    : undefined;
  return Object.fromEntries([
    ...Object.entries(record).filter(([one]) => one !== key),
    [key, placed(inner, rest, value)],
  ]);
}
