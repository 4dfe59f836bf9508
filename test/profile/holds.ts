import type { Expectation } from '../../src/profile/schema.ts';
import type { Json } from '../../src/scenario/comparators.ts';

/** Whether an expectation holds on a body, by the contract's rules: a missing field satisfies nothing but `exists: false`. */
export function holds(expectation: Expectation, body: Json | undefined): boolean {
  const value = at(expectation.path, body);
  const { equals, in: among, matches, contains, exists, gt, gte, lt, lte } = expectation;
  const there = value !== undefined && value !== null;
  const number = typeof value === 'number' ? value : Number.NaN;
  return [
    exists === undefined || exists === there,
    equals === undefined || same(value, equals),
    among === undefined || among.some((one) => same(value, one)),
    matches === undefined || (typeof value === 'string' && new RegExp(matches).test(value)),
    contains === undefined || (Array.isArray(value) && value.some((one) => same(one, contains))),
    gt === undefined || number > gt,
    gte === undefined || number >= gte,
    lt === undefined || number < lt,
    lte === undefined || number <= lte,
  ].every(Boolean);
}

/** The value at a path such as `.a.b[0]["k"]`. */
export function at(path: string, body: Json | undefined): Json | undefined {
  let value: unknown = body;
  for (const [, key, index, quoted] of path.matchAll(
    /\.([A-Za-z_]\w*)|\[(\d+)\]|\.?\["((?:[^"\\]|\\.)*)"\]/g,
  )) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { [key: string]: unknown })[key ?? index ?? quoted ?? ''];
  }
  return value as Json | undefined;
}

/** Every text in a body: each string and key. */
export function textsIn(body: Json | undefined): string[] {
  if (typeof body === 'string') return [body];
  if (Array.isArray(body)) return (body as readonly Json[]).flatMap(textsIn);
  if (typeof body === 'object' && body !== null)
    return [
      ...Object.keys(body),
      ...Object.values(body).flatMap((value) => textsIn(value as Json)),
    ];
  return [];
}

function same(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
