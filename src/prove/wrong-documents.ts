import type { Json } from '../scenario/comparators.ts';
import type { Condition } from '../scenario/acts.ts';
import { holds, type Captures } from './conditions.ts';
import { grown, isList } from './json-path.ts';
import { planted, wrongValues } from './wrong-values.ts';

/** A document in which a place is missing or holds something else. */
export interface WrongDocument {
  readonly name: string;
  readonly what: string;
  readonly body: Json;
}

/** Documents that break a condition; which of those thought out do is tried out on it. */
export function wrongDocuments(condition: Condition, captures: Captures): readonly WrongDocument[] {
  return condition
    .flat()
    .flatMap(({ field, comparisons }) => {
      const other: Json = [{ [planted]: planted }];
      const values = comparisons.flatMap((one) => [
        ...wrongValues(one, field === '.' ? other : undefined, captures, []),
        ...(one.name === 'exists' ? [planted] : []),
      ]);
      const missing = { name: 'field-missing', what: `${field} is missing` };
      return [
        ...(field === '.' ? [] : [{ ...missing, body: grown('.planted', planted) }]),
        ...values.map((value) => ({
          name: 'wrong-value',
          what: `${field} is ${isList(value) ? `a list of ${value.length}` : JSON.stringify(value)}`,
          body: grown(field, value),
        })),
      ];
    })
    .filter(({ body }) => !holds(condition, replyOf(body), captures));
}

function replyOf(body: Json): Parameters<typeof holds>[1] {
  return { status: 200, headers: {}, text: JSON.stringify(body), seconds: 0, elapsed: 0 };
}

/** The first of each name. */
export function firstOfEach<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  const names = new Set<string>();
  return all.filter(({ name }) => !names.has(name) && names.add(name));
}
