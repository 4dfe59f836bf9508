import type * as z from 'zod';
import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { isMapping } from '../mapping.ts';
import { isOutcomeKind, problemsOf } from './problems.ts';
import { alternativeKinds, outcomeKinds, outcomeShapes } from './schema.ts';

/** Everything that is wrong with one outcome; `path` is its place in the answers. */
export function outcomeProblems(
  one: unknown,
  path: string,
  kinds: readonly string[] = outcomeKinds,
): readonly Problem[] {
  if (!isMapping(one)) {
    return [{ path, message: 'is not a mapping', expected: 'such as - response: { status: 200 }' }];
  }
  const keys = Object.keys(one).filter((key) => key !== 'of' && key !== 'at');
  const [kind, ...more] = keys;
  if (kind === undefined || more.length > 0) {
    return [
      {
        path,
        message:
          kind === undefined
            ? 'names no kind of outcome'
            : `names ${keys.length} kinds of outcome; write one list item each`,
        expected: `one of ${kinds.join(', ')}`,
      },
    ];
  }
  if (!isOutcomeKind(kind) || !kinds.includes(kind))
    return [kindProblem(`${path}.${kind}`, whatOf(kind, kinds), kind, kinds)];
  const given = one[kind];
  if (kind === 'anyOf' && Array.isArray(given) && given.length > 1)
    return given.flatMap((each: unknown, index) =>
      alternativeProblems(each, `${path}.anyOf.${index}`),
    );
  const schema: z.ZodType = outcomeShapes[kind];
  const result = schema.safeParse(given);
  return result.success ? [] : problemsOf(result.error, `${path}.${kind}`, given);
}

/** An alternative is an outcome, or a list of outcomes that must hold together. */
function alternativeProblems(one: unknown, path: string): readonly Problem[] {
  if (!Array.isArray(one)) return outcomeProblems(one, path, alternativeKinds);
  if (one.length === 0)
    return [{ path, message: 'is an empty list', expected: 'at least one outcome' }];
  return one.flatMap((each: unknown, index) =>
    outcomeProblems(each, `${path}.${index}`, alternativeKinds),
  );
}

function whatOf(kind: string, kinds: readonly string[]): string {
  return isOutcomeKind(kind) && !kinds.includes(kind) ? 'kind of outcome in anyOf' : 'outcome kind';
}

/** Kinds that the contract names and that are not built yet. */
const laterKinds: ReadonlySet<string> = new Set<string>();

/** A kind, of trigger or outcome, that is missing, unknown, or not built yet. */
export function kindProblem(
  path: string,
  what: string,
  given: unknown,
  valid: readonly string[],
): Problem {
  const later = typeof given === 'string' && laterKinds.has(given) && !valid.includes(given);
  const wrong =
    given === undefined ? `is missing: the ${what}` : `unknown ${what} ${JSON.stringify(given)}`;
  const close = typeof given === 'string' && !later ? nearest(given, valid) : undefined;
  return {
    path,
    message: later ? `the ${what} ${JSON.stringify(given)} is not built yet` : wrong,
    expected: `one of ${valid.join(', ')}`,
    ...(close === undefined ? {} : { nearest: close }),
  };
}
