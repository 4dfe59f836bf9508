import type { Outcome } from '../answers/schema.ts';
import { refuse, variable } from './addressed.ts';
import type { Context } from './context.ts';
import type { Step } from './model.ts';
import type { Wanted } from './observations.ts';
import { capturedIn } from './steps.ts';

/**
 * Notes each `{name}` that an outcome looks for in a log or a file's path and that nothing captures: the script would look for the
 * braces, and their absence would always hold.
 */
export function refuseUnknownCaptures(
  context: Context,
  steps: readonly Step[],
  { path, outcome }: Wanted,
): void {
  const captures = [...new Set(capturedIn(steps))];
  for (const text of textsOf(outcome)) {
    for (const { 0: whole, 1: name = '', index } of text.matchAll(variable)) {
      // `${name}` is a text that programs print.
      if (text[index - 1] !== '$' && !captures.includes(name))
        refuse(
          context,
          path,
          `nothing is captured as ${name}, so ${whole} stands for nothing`,
          name,
          captures,
        );
    }
  }
}

function textsOf(outcome: Outcome): readonly string[] {
  if ('log' in outcome) {
    const { present, absent, matches } = outcome.log;
    return [present, absent, matches].filter((text) => text !== undefined);
  }
  if ('file' in outcome) return [outcome.file.path];
  return 'anyOf' in outcome ? outcome.anyOf.flat().flatMap(textsOf) : [];
}
