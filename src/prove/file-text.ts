import { isMapping } from '../mapping.ts';
import type { Json } from '../scenario/comparators.ts';
import { isList } from './json-path.ts';

/** A document as a file of this name holds it: CSV, YAML, else JSON; undefined where its format has no way to say it. */
export function fileText(path: string, document: Json): string | undefined {
  if (path.endsWith('.csv')) return csvText(document);
  if (/\.ya?ml$/.test(path)) return yamlText(document, '');
  return JSON.stringify(document);
}

function csvText(document: Json): string | undefined {
  const rows = isList(document) ? document : [];
  // A header that no scenario asks for, where there is no row to take it from.
  const columns = Object.keys(isMapping(rows[0]) ? rows[0] : { planted: '' });
  const cells = rows.map((row) => columns.map((name) => (isMapping(row) ? row[name] : undefined)));
  if (cells.flat().some((cell) => !isScalar(cell) || cell === null)) return undefined;
  return [columns, ...cells].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

function csvCell(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : `"${String(value).replaceAll('"', '""')}"`;
}

function yamlText(document: Json, indent: string): string | undefined {
  if (isList(document))
    return document.every(isScalar)
      ? document.map((item) => `${indent}- ${JSON.stringify(item)}\n`).join('')
      : undefined;
  if (!isMapping(document)) return undefined;
  const lines = Object.entries(document).map(([key, value]) => {
    const name = `${indent}${JSON.stringify(key)}:`;
    if (isScalar(value)) return `${name} ${JSON.stringify(value)}\n`;
    if (Object.keys(value).length === 0) return `${name} ${JSON.stringify(value)}\n`;
    const inner = yamlText(value, `${indent}  `);
    return inner === undefined ? undefined : `${name}\n${inner}`;
  });
  return lines.includes(undefined) ? undefined : lines.join('');
}

function isScalar(value: Json | undefined): value is string | number | boolean | null {
  return value !== undefined && (typeof value !== 'object' || value === null);
}
