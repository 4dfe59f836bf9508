/** One comparison in a script's condition: `.data.n size gte 1` is the field `.data.n size`, `gte` and `1`. */
export interface Compared {
  /** The field with its measure, as it is written. */
  readonly field: string;
  readonly by: string;
  readonly value: string;
}

/** Alternatives (or) of comparisons that must all hold (and). */
export type Alternatives = readonly (readonly Compared[])[];

const comparators = new Set([
  'equals',
  'in',
  'matches',
  'lacks',
  'contains',
  'exists',
  'gt',
  'gte',
  'lt',
  'lte',
  'same-as',
  'differs-from',
  'near',
]);

/** Reads the condition that begins at a word (docs/script-language.md); undefined where none does. */
export function conditionAt(words: readonly string[], start: number): Alternatives | undefined {
  const alternatives: Compared[][] = [[]];
  let at = start;
  for (;;) {
    const [field, next] = fieldAt(words, at);
    at = next;
    let count = 0;
    for (; comparators.has(words[at] ?? ''); count += 1) {
      const by = words[at] ?? '';
      const taken = by === 'near' ? 2 : 1;
      const value = words.slice(at + 1, at + 1 + taken).join(' ');
      alternatives.at(-1)?.push({ field, by, value });
      at += 1 + taken;
    }
    if (count === 0) return undefined;
    if (words[at] === 'or') alternatives.push([]);
    else if (words[at] !== 'and') return alternatives;
    at += 1;
  }
}

function fieldAt(words: readonly string[], at: number): readonly [field: string, next: number] {
  const measure = words[at + 1];
  const parts = measure === 'size' ? 2 : measure === 'every' || measure === 'some' ? 3 : 1;
  return [words.slice(at, at + parts).join(' '), at + parts];
}

/** Whether whatever fulfils the first condition fulfils the second one, as far as can be told from how they are written. */
export function implies(first: Alternatives, second: Alternatives): boolean {
  return first.every((given) =>
    second.some((wanted) =>
      wanted.every((comparison) => given.some((one) => impliesOne(one, comparison))),
    ),
  );
}

/** Whether one comparison is at least as strict as another one on the same field. */
export function impliesOne(given: Compared, wanted: Compared): boolean {
  if (given.field !== wanted.field) return false;
  if (given.by === wanted.by && given.value === wanted.value) return true;
  const [values, number] = [valuesOf(given), Number(wanted.value)];
  switch (wanted.by) {
    case 'exists':
      return wanted.value === 'true' && given.by !== 'exists' && given.by !== 'lacks';
    case 'equals':
    case 'in': {
      const allowed = valuesOf(wanted);
      return values !== undefined && values.every((value) => allowed?.includes(value));
    }
    case 'gt':
    case 'gte':
      return isAbove(given, values, wanted.by, number);
    case 'lt':
    case 'lte':
      return isBelow(given, values, wanted.by, number);
    case 'near':
      return given.by === 'near' && isNearer(given.value, wanted.value);
    default:
      return false;
  }
}

function isAbove(
  given: Compared,
  values: readonly string[] | undefined,
  by: string,
  bound: number,
): boolean {
  if (values !== undefined)
    return values.every((value) => (by === 'gt' ? Number(value) > bound : Number(value) >= bound));
  if (given.by !== 'gt' && given.by !== 'gte') return false;
  const own = Number(given.value);
  return own > bound || (own === bound && (given.by === by || given.by === 'gt'));
}

function isBelow(
  given: Compared,
  values: readonly string[] | undefined,
  by: string,
  bound: number,
): boolean {
  if (values !== undefined)
    return values.every((value) => (by === 'lt' ? Number(value) < bound : Number(value) <= bound));
  if (given.by !== 'lt' && given.by !== 'lte') return false;
  const own = Number(given.value);
  return own < bound || (own === bound && (given.by === by || given.by === 'lt'));
}

/** `near CAPTURE N` or `near CAPTURE N%`: a smaller distance of the same kind. */
function isNearer(given: string, wanted: string): boolean {
  const [own = '', distance = ''] = given.split(' ');
  const [other, allowed = ''] = wanted.split(' ');
  return (
    own === other &&
    distance.endsWith('%') === allowed.endsWith('%') &&
    Number.parseFloat(distance) <= Number.parseFloat(allowed)
  );
}

/** The values that pass `equals` or `in`, as JSON; undefined of any other comparison. */
function valuesOf({ by, value }: Compared): readonly string[] | undefined {
  if (by === 'equals') return [asJson(value)];
  if (by !== 'in') return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map((one) => JSON.stringify(one)) : undefined;
  } catch {
    return undefined;
  }
}

/** Valid JSON is that value, anything else a text. */
function asJson(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return JSON.stringify(value);
  }
}
