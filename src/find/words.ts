import { meaningOf } from './synonyms.ts';

/** Words that are in every sentence and tell no scenario from another. */
const fillers = new Set(
  'a an and any are as at be by can do does for from has have how i if in into is it its me my no not of on one or something that the then there this to was we what when where which who will with you'.split(
    ' ',
  ),
);

/** Whether a word says nothing about what is looked for. */
export function isFiller(word: string): boolean {
  return fillers.has(word.toLowerCase());
}

/** The words of a text: letters and digits, and numbers with points (`1.10` is one, and so is a ref such as `B1.3`). */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]*\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu) ?? [];
}

/** How a word is looked up: by its stem, by what it means, and as it is, for slips are counted in whole words. None for those that say nothing. */
export function formsOf(word: string): string[] {
  if (isFiller(word)) return [];
  const own = stem(word);
  return [...new Set([own, word.toLowerCase(), ...meaningOf(own)])];
}

/** What a word begins with in all its forms: `cancelled`, `cancelling` and `cancellation` are `cancel`. */
export function stem(word: string): string {
  const lower = word.toLowerCase();
  const bare = lower.replace(/(?<=.{3})(?:ations?|ings?|ed|s)$/u, '');
  return bare.length > 3 ? bare.replace(/(?<=([^aeiou]))\1$/u, '') : bare;
}
