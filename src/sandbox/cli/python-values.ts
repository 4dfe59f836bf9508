import type { Json } from '../http.ts';
import { numberText, repr } from '../python-text.ts';

/**
 * JSON as `json.dumps(value, indent=2)` writes it: nothing but ASCII. Numbers outermost are the command's own,
 * and none of these is a float (recording cli-data-load-ok-no-progress-json-stubbed-ib).
 */
export function dumped(value: Json, key = '', indent = ''): string {
  if (typeof value === 'number') return numberText(value, key);
  if (value === null || typeof value !== 'object') return ascii(JSON.stringify(value));
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const parts = Object.entries(value as { readonly [name: string]: Json }).map(
    ([name, member]) =>
      `\n${inner}${list ? '' : `${JSON.stringify(name)}: `}${dumped(member, list || indent === '' ? key : name, inner)}`,
  );
  const [open, close] = list ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}${parts.join(',')}\n${indent}${close}`;
}

function ascii(text: string): string {
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value as Python's `str` shows it; a text inside of another value with quotes. */
export function pythonText(value: Json | undefined, key = '', inside = false): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'string') return inside ? repr(value) : value;
  if (typeof value === 'number') return numberText(value, key);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value))
    return `[${(value as readonly Json[]).map((one) => pythonText(one, key, true)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${repr(name)}: ${pythonText(member as Json, name, true)}`,
  );
  return `{${members.join(', ')}}`;
}
