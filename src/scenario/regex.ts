import type * as z from 'zod';

/** What people write who know other regular expressions, and what POSIX has for it. */
const classes: { readonly [letter: string]: string } = {
  d: '[[:digit:]]',
  D: '[^[:digit:]]',
  w: '[[:alnum:]_]',
  W: '[^[:alnum:]_]',
  s: '[[:space:]]',
  S: '[^[:space:]]',
  b: '(^|[^[:alnum:]_])',
  t: '[[:blank:]]',
};

/**
 * What is wrong with a POSIX extended regular expression, as `grep -E` reads it, with what to write; undefined when nothing is. What
 * only some greps know (`\d`, `\w`) is wrong: the same script runs on Linux and on macOS.
 */
export function ereProblem(text: string): string | undefined {
  for (const [, letter = ''] of outsideBrackets(text).matchAll(/\\(.)/gs)) {
    if (!/[A-Za-z0-9]/.test(letter)) continue;
    const cure = classes[letter];
    return cure === undefined
      ? `has \\${letter}, which a POSIX extended regular expression does not know`
      : `has \\${letter}, which a POSIX extended regular expression does not know; write ${cure}`;
  }
  if (outsideBrackets(text).replaceAll(/\\./gs, '').includes('(?'))
    return 'has (?…), which a POSIX extended regular expression does not know; write plain groups, such as (a|b)';
  return shapeProblem(text);
}

/** What is wrong with a regular expression of any kind: brackets that stay open, and nothing to repeat. */
export function shapeProblem(text: string): string | undefined {
  const rest = outsideBrackets(text);
  if (rest.includes('\u0000')) return 'has a [ without its ]; write \\[ for the sign itself';
  const plain = rest.replaceAll(/\\./gs, 'x');
  if (plain.endsWith('\\')) return 'ends with a backslash; write \\\\ for the sign itself';
  let open = 0;
  for (const sign of plain) {
    if (sign === '(') open += 1;
    if (sign === ')') open -= 1;
    if (open < 0) return 'has a ) without its (; write \\) for the sign itself';
  }
  if (open > 0) return 'has a ( without its ); write \\( for the sign itself';
  const nothing = /(?:^|[(|])([*+?])(?![:=!<>#imsx-])/.exec(plain);
  return nothing && !plain.slice(nothing.index).startsWith('(?')
    ? `has nothing that ${nothing[1]} repeats; write \\${nothing[1]} for the sign itself`
    : undefined;
}

/** The text with each bracket expression as one letter; one that stays open is a NUL. */
function outsideBrackets(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '\\') {
      rest += text.slice(at, at + 2);
      at += 1;
    } else if (sign === '[') {
      const end = /^\[\^?\]?(?:\[:[a-z]+:\]|\\.|[^\]])*\]/s.exec(text.slice(at))?.[0].length;
      if (end === undefined) return `${rest}\u0000`;
      rest += 'x';
      at += end - 1;
    } else rest += sign;
  }
  return rest;
}

/** A text that is held against one of these. */
export function heldAgainst<T extends z.ZodString>(
  schema: T,
  problem: (text: string) => string | undefined,
): T {
  return schema.superRefine((text, context) => {
    const wrong = problem(text);
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong });
  });
}
