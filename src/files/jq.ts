import {
  boundCapture,
  elementsOf,
  nearness,
  sizesOf,
  type Comparison,
  type Json,
} from '../scenario/comparators.ts';
import type { Condition, SeriesCheck, Term } from '../scenario/acts.ts';

/**
 * Conditions as jq programs for the commands of the document, where a reply is two JSON documents: the body and
 * `{"http":…,"seconds":…}`. Every value is a JSON literal, in which jq expands nothing: its `\(` can't come out of JSON, which
 * doubles each backslash.
 */
export function jqOf(condition: Condition): string {
  const alternatives = condition.map((terms) => terms.flatMap(termOf).join(' and '));
  const [only = 'false'] = alternatives;
  return alternatives.length === 1
    ? only
    : alternatives.map((one) => (one.includes(' and ') ? `(${one})` : one)).join(' or ');
}

function termOf({ field, comparisons }: Term): readonly string[] {
  const place = placeOf(field);
  return comparisons.map((comparison) => comparisonOf(field, place, comparison));
}

function placeOf(field: string): string {
  if (field === 'status') return '.[1].http';
  if (field === 'seconds') return '.[1].seconds';
  if (field === 'body') return '.[0]';
  if (field === '.') return '.[0]';
  return `.[0]${field.replace(/^\.(?=\[)/, '')}`;
}

function comparisonOf(field: string, place: string, { name, value }: Comparison): string {
  const literal = literalOf(value);
  switch (name) {
    case 'equals':
      return `${place} == ${literal}`;
    case 'in':
      return `(${place} | IN(${(Array.isArray(value) ? (value as readonly Json[]) : [value]).map(literalOf).join(', ')}))`;
    case 'matches':
      return `(${place} | strings | test(${literal}))`;
    case 'lacks':
      return field === 'body'
        ? `([${place} | .. | strings, (objects | keys[])] | any(test(${literal})) | not)`
        : `(${place} | strings | test(${literal}) | not)`;
    case 'contains':
      return `(${place} | arrays | any(.[]; . == ${literal}))`;
    case 'exists':
      return value === true ? `${place} != null` : `${place} == null`;
    // A captured value is text in the shell, whatever it was in JSON.
    case 'same-as':
      return `(${place} | tostring) == $${String(value)}`;
    case 'differs-from':
      return `(${place} | values | tostring) != $${String(value)}`;
    case 'gt':
      return `(${place} | numbers | . > ${boundOf(value)})`;
    case 'gte':
      return `(${place} | numbers | . >= ${boundOf(value)})`;
    case 'lt':
      return `(${place} | numbers | . < ${boundOf(value)})`;
    case 'lte':
      return `(${place} | numbers | . <= ${boundOf(value)})`;
    case 'near': {
      const { capture, by, percent } = nearness(value);
      const most = percent ? `${by} / 100 * ($${capture} | tonumber | fabs)` : by;
      return `(${place} | numbers | . - ($${capture} | tonumber) | fabs <= ${most})`;
    }
    case 'size':
      return `(${place} | arrays, objects | length | ${sizesOf(value)
        .map((one) => comparisonOf('', '.', one))
        .join(' and ')})`;
    case 'every':
      return `(${place} | arrays | length > 0 and all(.[]; ${elementOf(value)}))`;
    case 'some':
      return `(${place} | arrays | any(.[]; ${elementOf(value)}))`;
  }
}

function elementOf(value: Json): string {
  const { path, comparisons } = elementsOf(value);
  const asked = comparisons.map((one) => comparisonOf(path, path, one)).join(' and ');
  // What gives no answer for an element (a text that should be a number) must not count as a yes.
  return asked.includes(' | ') ? `(${asked}) // false` : asked;
}

function boundOf(value: Json): string {
  const capture = boundCapture(value);
  return capture === undefined ? literalOf(value) : `($${capture} | tonumber)`;
}

function literalOf(value: Json): string {
  return JSON.stringify(value);
}

/** A judgement on a list of values `$p`. */
export function seriesJq(check: SeriesCheck): string {
  switch (check.name) {
    case 'distinct':
      return `($p | unique | length) >= ${check.value}`;
    case 'never-over':
      return `($p | max) <= ${check.value}`;
    case 'ends-at':
      return `$p[-1] == ${check.value}`;
    case 'strictly-between':
      return `any($p[]; . > ${check.low} and . < ${check.high})`;
    case 'passes-through':
      return `any($p[]; . == ${JSON.stringify(check.value)})`;
    case 'phases':
      return `[$p[] | . as $one | ${JSON.stringify(check.values)} | index([$one]) // -1] | . == sort and min >= 0`;
    case 'steady':
      return `($p | unique | length) == 1`;
    case 'never-falls': {
      const falls = '[range(1; $p | length) as $i | select($p[$i] < $p[$i - 1]) | $p[$i - 1]]';
      return check.restart === undefined
        ? `${falls} == []`
        : `(${falls} | length == 0 or (length == 1 and .[0] <= ${check.restart}))`;
    }
  }
}
