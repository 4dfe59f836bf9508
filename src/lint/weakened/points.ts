import { readScript } from '../../shell/script.ts';
import { nameOf, wordsOf } from '../../shell/words.ts';
import { conditionAt, type Alternatives } from './condition.ts';

/** A point of a generated script, as far as it can become weaker. */
export interface Point {
  readonly id: string;
  readonly verb: string;
  /** 1-based. */
  readonly line: number;
  readonly condition?: Alternatives;
  /** Numbers of options and of judgements, such as `within`, `for`, `min-bytes`, `distinct`. */
  readonly numbers: ReadonlyMap<string, number>;
  /** What is let pass: patterns of known noise. */
  readonly noise: readonly string[];
  /** What else it looks for; another text is another check. */
  readonly rest: string;
}

/** Where the id of a point stands behind its verb, and what begins the condition: a number of words after the id, or a word. */
const verbs: Readonly<
  Record<string, { readonly id: number; readonly condition?: number | string }>
> = {
  check: { id: 1, condition: 3 },
  guard: { id: 1, condition: 3 },
  capture: { id: 2 },
  poll: { id: 2, condition: 'until' },
  hold: { id: 2, condition: 'while' },
  find: { id: 2, condition: 'where' },
  file: { id: 1, condition: 'value' },
  series: { id: 1 },
  log: { id: 1 },
  any: { id: 1 },
  script: { id: 1 },
};

/** Seconds where a script says nothing (docs/script-language.md). */
const defaults: Readonly<Record<string, number>> = { log: 5, find: 20 };

/** Judgements that have a number behind their name. */
const judgements = new Set(['min-bytes', 'distinct', 'never-over', 'ends-at']);

/** The points of a generated script, by id. What is no line of the script's language is passed over. */
export function pointsOf(text: string): ReadonlyMap<string, Point> {
  const script = readScript(text);
  const top = new Set(
    script.nodes.find(({ type }) => type === 'Script') === undefined ? [] : script.all('Statement'),
  );
  return new Map(
    script.all('Command').flatMap((command): readonly (readonly [string, Point])[] => {
      const verb = verbs[nameOf(command)];
      const statement = script.parent(command);
      // Only what stands by itself: the runtime may be written into the script.
      if (verb === undefined || statement?.type !== 'Statement' || !top.has(statement)) return [];
      if (script.parent(statement)?.type !== 'Script') return [];
      const words = wordsOf(command).map(({ value }) => value);
      const line = script.text.slice(0, command.pos).split('\n').length;
      const point = pointOf(words, line, verb);
      return point === undefined ? [] : [[point.id, point]];
    }),
  );
}

function pointOf(
  words: readonly string[],
  line: number,
  { id: at, condition: begins }: (typeof verbs)[string],
): Point | undefined {
  const [verb = ''] = words;
  const id = words[at];
  if (id === undefined) return undefined;
  const rest = words.slice(at + 2);
  const start =
    typeof begins === 'number'
      ? at + begins
      : begins === undefined || !words.includes(begins)
        ? undefined
        : words.indexOf(begins, at + 2) + 1;
  const condition = start === undefined ? undefined : conditionAt(words, start);
  return {
    id,
    verb,
    line,
    ...(condition === undefined ? {} : { condition }),
    numbers: numbersOf(verb, rest),
    noise: rest.filter((word) => word.startsWith('noise=')),
    rest: (condition === undefined ? rest : [])
      .filter((word, index) => !isNumbered(word) && !judgements.has(rest[index - 1] ?? ''))
      .join(' '),
  };
}

function numbersOf(verb: string, words: readonly string[]): ReadonlyMap<string, number> {
  const within = defaults[verb];
  const numbers = new Map(within === undefined ? [] : [['within', within]]);
  for (const [index, word] of words.entries()) {
    const option = /^(within|for|restart)=(\d+(?:\.\d+)?)$/.exec(word);
    if (option !== null) numbers.set(option[1] ?? '', Number(option[2]));
    if (judgements.has(word)) numbers.set(word, Number(words[index + 1]));
  }
  return numbers;
}

/** Options that are compared by themselves, or say nothing about what passes. */
function isNumbered(word: string): boolean {
  return /^(?:within|for|every|restart|noise|means|at|ids|progress|defect|command)=/.test(word);
}
