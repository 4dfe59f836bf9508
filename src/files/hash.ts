import { createHash } from 'node:crypto';

/** Where the hash stands in a generated file; zeros while it is computed. */
const slot = /new-scenario:[0-9a-f]{16}/;
/** What a template prints in the place of the hash. */
export const unsealed = 'new-scenario:0000000000000000';

/** The text with the hash of itself in its slot: tells "edited by hand" from "made by an older version" (contract, section 3). */
export function sealed(text: string): string {
  return text.replace(slot, `new-scenario:${hashOf(text)}`);
}

/** Whether the text is as a generator left it; undefined when it carries no hash. */
export function isAsMade(text: string): boolean | undefined {
  const found = slot.exec(text)?.[0];
  return found === undefined ? undefined : found === `new-scenario:${hashOf(text)}`;
}

function hashOf(text: string): string {
  return shortHash(text.replace(slot, unsealed));
}

/** The first 16 hexadecimal digits of the SHA-256 of a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
