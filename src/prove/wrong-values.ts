import type { Comparison, Json } from '../scenario/comparators.ts';
import { regex, type Captures } from './conditions.ts';
import { isList } from './json-path.ts';

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
      return [value];
    case 'gte':
      return typeof value === 'number' ? [value > 0 ? 0 : value - 1, value - 1] : [];
    case 'lte':
      return typeof value === 'number' ? [value + 1] : [];
    case 'matches':
      return [planted, ''];
    case 'contains':
      return [isList(current) ? current.filter((one) => one !== value) : []];
    case 'exists':
      return value === true ? [] : [planted];
    case 'same-as':
      return otherThan(captures[String(value)] ?? planted);
    case 'lacks':
      return [];
  }
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
