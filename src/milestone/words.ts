import type { Placed } from './model.ts';

/** A text without the marks of Markdown: bold, italics, code, links, pictures of status. */
export function plain(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__)(.+?)\1/g, '$2')
    .replaceAll(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A text in one line, its Markdown kept but for what stands around the whole: quotes, italics. */
export function oneLine(text: string): string {
  const joined = text.replaceAll(/\s+/g, ' ').trim();
  const inner = /^(\*\*|__|\*|_|["“])(.+?)(?:\1|["”])$/.exec(joined)?.[2];
  return inner === undefined || inner.includes('**') ? joined : oneLine(inner);
}

/** A heading without numbers, pictures and marks, in lower case: what it says. */
export function saying(heading: string): string {
  return plain(heading)
    .replaceAll(/[^\p{L}\p{N}\s()&/:.'’—–-]/gu, '')
    .trim()
    .toLowerCase();
}

/** `**Label:** rest` at the start of a line. */
interface Labelled extends Placed {
  readonly label: string;
}

/**
 * The labelled lines of a paragraph, each with all that follows up to the next label. Lines before the first label come with an
 * empty label.
 */
export function labelled(text: string, line: number): readonly Labelled[] {
  const found: { label: string; line: number; text: string }[] = [];
  for (const [at, part] of text.split('\n').entries()) {
    const start = labelAt(part.trim());
    const last = found.at(-1);
    if (start) found.push({ ...start, line: line + at });
    else if (last) last.text += `\n${part.trim()}`;
    else found.push({ label: '', line: line + at, text: part.trim() });
  }
  return found;
}

/** `**Label:** rest`, `**Label**: rest`, `**Label (more):**`, `**Label** — rest`, and a bold line on its own. */
function labelAt(line: string): { label: string; text: string } | undefined {
  const text = line
    .replace(/^(?:[-*+]\s+|>\s*)/, '')
    .replace(/^(?:\p{Extended_Pictographic}\uFE0F?\s*)+(?=\*\*|__)/u, '');
  const bold = /^(\*\*|__)(.{1,120}?)\1\s*(.*)$/.exec(text);
  if (bold) {
    const [, , label = '', rest = ''] = bold;
    const inside = /^(.*?)\s*:\s*$/.exec(label);
    if (inside) return { label: saying(inside[1] ?? ''), text: rest };
    const after = /^(?:\([^)]*\)\s*)?(?::|—|–)\s*(.*)$/.exec(rest);
    if (after) return { label: saying(label), text: after[1] ?? '' };
    const alone = /^\([^)]*\):?$/.test(rest) || rest === '';
    return alone ? { label: saying(label), text: '' } : undefined;
  }
  const bare = /^([A-Z][\w /-]{2,40}):\s*(.*)$/.exec(text);
  return bare && known.test(bare[1] ?? '')
    ? { label: saying(bare[1] ?? ''), text: bare[2] ?? '' }
    : undefined;
}

/** Labels that count without being bold. */
const known =
  /^(?:purpose|goal|capability|objective|outcome|duration|prerequisites?|success criteria|acceptance criteria|expected(?: results?)?|test steps|steps|jtbd|when this works)$/i;
