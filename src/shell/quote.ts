/** Words that bash reads as themselves wherever they stand as an argument. */
const plain = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;

/**
 * A word that bash takes as exactly this text: bare when that is safe, else in single quotes, in which nothing is special.
 * Works in bash 3.2 to 5, in any locale. Throws on NUL, which no argument can hold.
 */
export function quoted(word: string): string {
  if (word.includes('\0')) throw new Error('a shell word cannot hold NUL');
  return plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** `key=value` as one word, the value quoted where it must be. */
export function option(key: string, value: string): string {
  return `${key}=${quoted(value)}`;
}
