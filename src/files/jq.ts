import type { Comparison, Json } from '../scenario/comparators.ts';
import type { Condition, SeriesCheck, Term } from '../scenario/model.ts';

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
  return `.[0]${field}`;
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
    case 'same-as':
      return `${place} == $${String(value)}`;
    case 'gt':
      return `(${place} | numbers | . > ${literal})`;
    case 'gte':
      return `(${place} | numbers | . >= ${literal})`;
    case 'lt':
      return `(${place} | numbers | . < ${literal})`;
    case 'lte':
      return `(${place} | numbers | . <= ${literal})`;
  }
}

function literalOf(value: Json): string {
  return JSON.stringify(value);
}

/** The names of captures that a condition compares with. */
export function capturesIn(condition: Condition): readonly string[] {
  return condition.flatMap((terms) =>
    terms.flatMap(({ comparisons }) =>
      comparisons.flatMap(({ name, value }) => (name === 'same-as' ? [String(value)] : [])),
    ),
  );
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
