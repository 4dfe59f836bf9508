/** Keys with values of any kind: what a text of YAML or JSON may be. */
export type Mapping = { readonly [key: string]: unknown };

/** Whether a value is a mapping, not a list and not null. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
