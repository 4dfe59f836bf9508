import * as z from 'zod';

/** Control characters but newline and tab, and half surrogate pairs: what no file or terminal shows as it is. */
export const controls = /(?![\n\t])\p{Control}|\p{Surrogate}/u;

/** Text that a person typed: control characters but newline and tab are refused (contract, section 2). */
export function typed(what: string, most: number) {
  return z
    .string({
      error: (issue) =>
        issue.input === undefined ? `is missing: ${what}` : `must be text: ${what}`,
    })
    .refine((value) => value.trim() !== '', { error: `is empty: ${what}` })
    .refine((value) => [...value].length <= most, { error: `is longer than ${most} characters` })
    .refine((value) => !controls.test(value), {
      error: 'holds a control character; only newline and tab may stand in a text',
    });
}

/** Any text. */
export const anyText = typed('some text', 4_000);
/** A name, or a text of a line. */
export const shortText = typed('some text', 200);
