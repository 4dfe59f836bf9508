import type { Json } from './http.ts';

/** The members of a JSON object. */
export type Members = { readonly [key: string]: Json };

/** Whether a value is a JSON object, and neither list nor null. */
export function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a JSON object; of anything else, none. */
export function membersOf(value: Json | undefined): Members {
  return isMembers(value) ? value : {};
}

/** Whether a value is a list; `Array.isArray` alone loses what a readonly list holds. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
