import { fieldProblems } from '../answers/check.ts';
import type { answersShape } from '../answers/schema.ts';
import type { Problem } from '../errors.ts';
import type { Session } from './session.ts';

/** What is wrong with an answer, in one line; the same judgement as for a file of answers. */
export function problemWith(
  field: keyof typeof answersShape,
  value: unknown,
  { profile }: Pick<Session, 'profile'>,
): string | undefined {
  const [problem] = fieldProblems(field, value, profile);
  return problem && problemInWords(problem);
}

/** A problem in one line: what is wrong, then the nearest name or what is expected. */
export function problemInWords({ message, nearest, expected }: Problem): string {
  const hint = nearest === undefined ? expected : `did you mean ${nearest}?`;
  return hint === undefined ? message : `${message}; ${hint}`;
}
