import {
  boundCapture,
  elementsOf,
  nearness,
  sizesOf,
  type Comparison,
  type Json,
} from '../scenario/comparators.ts';
import { elementHolds, equal, regex, sizeOf, type Captures } from './conditions.ts';
import { isList, valueAt, withValue } from './json-path.ts';

/** A text that no service of ours says. */
export const planted = 'planted';

/** Values that could break one comparison, the most lifelike first. Which of them does, and breaks nothing earlier, is tried out. */
export function wrongValues(
  comparison: Comparison,
  current: Json | undefined,
  captures: Captures,
  known: readonly Json[],
): readonly Json[] {
  const { name, value } = comparison;
  const others = known.filter((one) => one !== value && typeof one === typeof current);
  switch (name) {
    case 'equals':
      return [...others, ...otherThan(value)];
    case 'in':
      return [...others, ...(isList(value) ? value.slice(0, 1).flatMap(otherThan) : [])];
    case 'gt':
    case 'lt':
    case 'gte':
    case 'lte':
      return beyond(name, boundOf(value, captures));
    case 'near': {
      const { capture, by, percent } = nearness(value);
      const middle = captures[capture];
      if (typeof middle !== 'number') return [];
      const most = percent ? (Math.abs(middle) * by) / 100 : by;
      return [Math.ceil(middle + most + 1), Math.floor(middle - most - 1)];
    }
    case 'size':
      return otherSizes(current, sizesOf(value), captures);
    case 'every':
      return isList(current) ? [...oneOther(current, value, captures), []] : [];
    case 'some':
      return isList(current) ? [...noneLeft(current, value, captures), []] : [];
    case 'differs-from': {
      const other = captures[String(value)];
      return other === undefined ? [] : [other];
    }
    case 'matches':
      return [...unmatched(current, String(value)), planted, ''];
    case 'contains':
      return [isList(current) ? current.filter((one) => !equal(one, value)) : []];
    case 'exists':
      return value === true ? [] : [planted];
    case 'same-as':
      return otherThan(captures[String(value)] ?? planted);
    case 'lacks':
      return [];
  }
}

function boundOf(value: Json, captures: Captures): Json | undefined {
  const capture = boundCapture(value);
  return capture === undefined ? value : captures[capture];
}

/** The text just not matching any more: each match loses its end, and what stands around it stays for the other checks. */
function unmatched(current: Json | undefined, source: string): readonly string[] {
  const pattern = regex(source);
  if (pattern === undefined || typeof current !== 'string') return [];
  let text = current;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const end = match.index + match[0].length;
    // A pattern that matches nothing at all can't be broken by taking away.
    if (match[0] === '') return [];
    text = text.slice(0, end - 1) + text.slice(end);
  }
  return [text];
}

/** The nearest values that are too small or too large. */
function beyond(name: 'gt' | 'lt' | 'gte' | 'lte', bound: Json | undefined): readonly Json[] {
  if (typeof bound !== 'number') return [];
  if (name === 'gte') return [bound > 0 ? 0 : bound - 1, bound - 1];
  return [name === 'lte' ? bound + 1 : bound];
}

/** The same list or object with fewer or more in it. */
function otherSizes(
  current: Json | undefined,
  asked: readonly Comparison[],
  captures: Captures,
): readonly Json[] {
  const now = sizeOf(current);
  if (now === undefined) return [];
  const wanted = asked.flatMap((one) => wrongValues(one, now, captures, []));
  // Where longer lists are asked for than a proof sends, a short one is another size too.
  const isLong = wanted.some((count) => typeof count === 'number' && count > longestList);
  return [...wanted, ...(isLong ? [shortList] : [])].flatMap((count) =>
    typeof count === 'number' && count >= 0 && count <= longestList
      ? [resized(current, count)]
      : [],
  );
}

/** No proof sends longer lists than this. */
const longestList = 10_000;
const shortList = 10;

function resized(current: Json | undefined, count: number): Json {
  if (isList(current)) {
    const last = current.at(-1) ?? planted;
    return Array.from({ length: count }, (_, index) => current[index] ?? last);
  }
  const members = Object.entries((current ?? {}) as { readonly [key: string]: Json });
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => members[index] ?? [`${planted}-${index}`, planted]),
  );
}

/** The list with one element that is not as all should be: at the end, and at the beginning. */
function oneOther(current: readonly Json[], wanted: Json, captures: Captures): readonly Json[] {
  return [current.length - 1, 0].flatMap((at) =>
    otherElements(current[at], wanted, captures)
      .slice(0, 2)
      .map((other) => current.map((one, index) => (index === at ? other : one))),
  );
}

/** The list without an element that is as one should be: each is another, or they are gone. */
function noneLeft(current: readonly Json[], wanted: Json, captures: Captures): readonly Json[] {
  const holds = elementHolds(wanted, captures);
  const changed = [0, 1, 2].map((nth) =>
    current.map((one) => {
      const others = holds(one) ? otherElements(one, wanted, captures) : [one];
      return others[nth] ?? others[0] ?? one;
    }),
  );
  return [...changed, current.filter((one) => !holds(one))];
}

/** An element that is just not as it should be. */
function otherElements(
  element: Json | undefined,
  wanted: Json,
  captures: Captures,
): readonly Json[] {
  if (element === undefined) return [];
  const { path, comparisons } = elementsOf(wanted);
  const now = path === '.' ? element : valueAt(element, path);
  const holds = elementHolds(wanted, captures);
  return comparisons
    .flatMap((one) => wrongValues(one, now, captures, []))
    .map((value) => (path === '.' ? value : withValue(element, path, value)))
    .concat(path === '.' ? [] : [withValue(element, path, undefined)])
    .filter((one) => !holds(one));
}

/** The same value as another JSON type, or undefined where there is no near one. */
export function otherType(value: Json | undefined): Json | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return [value];
  return value === null ? 0 : planted;
}

/**
 * A text that a regular expression matches, found by taking one of its alternatives literally; undefined where that doesn't
 * lead to one.
 */
export function exampleOf(source: string): string | undefined {
  const pattern = regex(source);
  return source
    .split('|')
    .map((one) => one.replaceAll(/\\([^A-Za-z0-9])/g, '$1'))
    .find((text) => pattern?.test(text) === true);
}

function otherThan(value: Json): readonly Json[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [`not-${value}`, planted];
  return [planted];
}

/** Texts that no reply may show, by what they give away. */
export const leaks: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'stack-trace',
    text: 'Traceback (most recent call last):\n  File "service.py", line 12, in handle\nValueError: planted',
  },
  { name: 'stack-frame', text: 'File "service.py", line 12, in handle' },
  { name: 'stack-frame', text: 'Error: planted\n    at handle (service.js:12:5)' },
  { name: 'path-leak', text: 'cannot read /app/service/secret.yaml' },
  { name: 'path-leak', text: 'cannot read /home/somebody/secret.yaml' },
  { name: 'path-leak', text: 'cannot read ~/secret.yaml' },
  { name: 'path-leak', text: String.raw`cannot read C:\service\secret.yaml` },
];
