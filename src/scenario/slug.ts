/** Longest slug, in characters: folder names stay readable and far below what file systems allow. */
const longest = 80;

/**
 * The folder name of a scenario: lower-case letters and digits of any script, joined by dashes.
 * Empty when the name has neither letter nor digit.
 */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase();
  const words = plain.match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return cut(words.join('-')).normalize('NFC');
}

function cut(slug: string): string {
  if ([...slug].length <= longest) return slug;
  const head = [...slug].slice(0, longest).join('');
  return head.includes('-') ? head.slice(0, head.lastIndexOf('-')) : head;
}
