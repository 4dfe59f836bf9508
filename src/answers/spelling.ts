import type { ReadDocument } from './read.ts';

/**
 * The document's value in which these fields (dotted paths) are text as it was spelled, although it looks like a number or a
 * boolean: `4.5`, `1.10`, `010` keep their digits.
 */
export function withSpelling(document: ReadDocument, fields: readonly string[]): unknown {
  return fields.reduce(
    (value: unknown, field) => respelled(document, value, field.split('.')),
    document.value,
  );
}

function respelled(document: ReadDocument, value: unknown, path: readonly string[]): unknown {
  const spelling = document.spelling(path);
  if (spelling === undefined) return value;
  return replaced(value, path, spelling);
}

function replaced(value: unknown, path: readonly string[], text: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined)
    return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
      ? text
      : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const record = value as { readonly [key: string]: unknown };
  return { ...record, [key]: replaced(record[key], rest, text) };
}

/** A dotted path as keys and list positions. */
export function keysOf(path: string): readonly (string | number)[] {
  return path === '' ? [] : path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
