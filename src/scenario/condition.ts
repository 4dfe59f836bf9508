import {
  boundCapture,
  capturesOf,
  comparisonsOf,
  elementsOf,
  nearness,
  sizesOf,
  type Comparison,
  type Json,
} from './comparators.ts';
import type { Condition, Term } from './acts.ts';

/** An expectation of a profile or an outcome: a path with comparators. */
interface PathExpectation {
  readonly path: string;
  readonly [comparator: string]: unknown;
}

/** One term on one field. */
export function term(field: string, ...comparisons: readonly Comparison[]): Term {
  return { field, comparisons };
}

/** A condition that is one term. */
export function that(field: string, name: Comparison['name'], value: Json): Condition {
  return [[term(field, { name, value })]];
}

/** A condition in which all expectations must hold. */
export function allOf(expectations: readonly PathExpectation[]): Condition {
  return [expectations.map(termOf)];
}

/** A condition in which one of the lists must hold, whole. */
export function anyOf(alternatives: readonly (readonly PathExpectation[])[]): Condition {
  return alternatives.map((expectations) => expectations.map(termOf));
}

/** The term of one expectation. */
export function termOf(expectation: PathExpectation): Term {
  return { field: expectation.path, comparisons: comparisonsOf(expectation) };
}

/** Both conditions, where the second has no alternatives. */
export function both(left: Condition, right: readonly Term[]): Condition {
  return left.map((terms) => [...terms, ...right]);
}

/** Whether two conditions say the same. */
export function same(left: Condition, right: Condition): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The names of captures that a condition compares with. */
export function capturesIn(condition: Condition): readonly string[] {
  return condition.flatMap((terms) =>
    terms.flatMap(({ comparisons }) => comparisons.flatMap(capturesOf)),
  );
}

/** A condition in words, such as `.data.status is completed`. */
export function inWords(condition: Condition): string {
  return condition.map((terms) => terms.map(termInWords).join(' and ')).join(', or ');
}

function termInWords({ field, comparisons }: Term): string {
  return `${fieldInWords(field)} ${comparisonsInWords(comparisons)}`;
}

function comparisonsInWords(comparisons: readonly Comparison[]): string {
  return comparisons.map(comparisonInWords).join(' and ');
}

function fieldInWords(field: string): string {
  if (field === 'status') return 'the HTTP status';
  if (field === 'body') return 'the reply';
  if (field === 'seconds') return 'the time to answer in seconds';
  if (field === 'elapsed') return 'the time taken in seconds';
  if (field === 'exit') return 'the exit code';
  return field.startsWith('header:') ? `the header ${field.slice('header:'.length)}` : field;
}

/** One comparison in words, such as `is at least 3`. */
export function comparisonInWords({ name, value }: Comparison): string {
  const shown = valueInWords(value);
  switch (name) {
    case 'equals':
      return `is ${shown}`;
    case 'in':
      return `is ${listInWords(value)}`;
    case 'matches':
      return `matches ${shown}`;
    case 'lacks':
      return `holds nothing like ${shown}`;
    case 'contains':
      return `contains ${shown}`;
    case 'exists':
      return value === true ? 'is there' : 'is absent';
    case 'gt':
      return `is above ${boundInWords(value)}`;
    case 'gte':
      return `is at least ${boundInWords(value)}`;
    case 'lt':
      return `is below ${boundInWords(value)}`;
    case 'lte':
      return `is at most ${boundInWords(value)}`;
    case 'same-as':
      return `is the captured ${shown}`;
    case 'differs-from':
      return `is not the captured ${shown}`;
    case 'near': {
      const { capture, by, percent } = nearness(value);
      return `is within ${by}${percent ? ' %' : ''} of the captured ${capture}`;
    }
    case 'size':
      return `has a size that ${comparisonsInWords(sizesOf(value))}`;
    case 'every':
      return `has elements, ${elementsInWords('each', value)}`;
    case 'some':
      return `has ${elementsInWords('an element', value)}`;
  }
}

function boundInWords(value: Json): string {
  const capture = boundCapture(value);
  return capture === undefined ? valueInWords(value) : `the captured ${capture}`;
}

function elementsInWords(which: string, value: Json): string {
  const { path, comparisons } = elementsOf(value);
  const what = comparisonsInWords(comparisons);
  return path === '.' ? `${which} of which ${what}` : `${which} whose ${path} ${what}`;
}

function valueInWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listInWords(value: Json): string {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value])
    .map(valueInWords)
    .join(' or ');
}
