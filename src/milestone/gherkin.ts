import type { Part } from './parts.ts';
import type { Placed } from './model.ts';

/** Languages of a block that says a scenario in sentences. */
export const gherkinLanguages: ReadonlySet<string> = new Set(['gherkin', 'feature', 'cucumber']);

const parts: ReadonlyMap<string, Part> = new Map([
  ['given', 'prerequisites'],
  ['when', 'steps'],
  ['then', 'criteria'],
]);

/** The sentences of a `Given … When … Then` block whose first line is `line`, each with what it is; `And` and `But` go on with the one before. */
export function gherkinIn(
  text: string,
  line: number,
): readonly (Placed & { readonly part: Part })[] {
  let part: Part = 'steps';
  return text.split('\n').flatMap((one, at) => {
    const [, word = '', said = ''] = /^\s*(Given|When|Then|And|But|\*)\s+(\S.*)$/i.exec(one) ?? [];
    if (word === '') return [];
    part = parts.get(word.toLowerCase()) ?? part;
    return [{ line: line + at, text: said.trim(), part }];
  });
}
