import type { Problem } from '../errors.ts';
import { isMapping, type Mapping } from '../mapping.ts';

/** Answers without what is wrong in them, so that what lies behind it can be judged too; and the places that were touched. */
export interface Mended {
  readonly raw: Mapping;
  readonly touched: readonly string[];
}

/** Stands for an outcome that is wrong: it asks nothing of the profile, and the others keep their numbers. */
const nothing = { manual: { text: 'what is wrong here is told already' } };
const required: ReadonlySet<string> = new Set(['category', 'trigger', 'flow', 'outcome']);

/**
 * Takes what is wrong as what was most likely meant, else out. Undefined where nothing can be judged without it, such as a category
 * that is like no other.
 */
export function mended(
  raw: Mapping,
  problems: readonly Problem[],
  domain: string,
): Mended | undefined {
  const next = structuredClone(raw) as Record<string, unknown>;
  const touched: string[] = [];
  for (const { path, nearest } of problems) {
    const [field = '', at = ''] = path.split('.');
    touched.push(path);
    if (field === 'name') next['name'] = 'Scenario';
    else if (field === 'domain') next['domain'] = domain;
    else if (field === 'outcome' && Array.isArray(next['outcome']) && at !== '') {
      next['outcome'] = (next['outcome'] as unknown[]).map((one, index) =>
        String(index) === at ? nothing : one,
      );
      touched.push(`outcome.${at}`);
    } else if (nearest !== undefined && path !== field && replaced(next, path, nearest)) continue;
    else if (nearest !== undefined && path === field && raw[field] !== undefined && known(field))
      next[field] = nearest;
    else if (required.has(field)) return undefined;
    else delete next[field];
  }
  return { raw: next, touched };
}

/** Fields that hold a name, so that a nearest one can stand in its place. */
function known(field: string): boolean {
  return field === 'category' || field === 'calibration';
}

function replaced(root: Record<string, unknown>, path: string, value: string): boolean {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: unknown = root;
  for (const key of keys) at = isMapping(at) ? at[key] : undefined;
  if (!isMapping(at) || typeof at[last] !== 'string') return false;
  (at as Record<string, unknown>)[last] = value;
  return true;
}

/** Whether a problem is about a place that was touched, or about the whole of which it is a part: it may come of the touching alone. */
export function isAbout({ path }: Problem, touched: readonly string[]): boolean {
  return touched.some(
    (one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`),
  );
}
