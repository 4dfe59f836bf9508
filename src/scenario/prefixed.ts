import type { Comparison, Json } from './comparators.ts';
import type { Act } from './acts.ts';
import type { Step } from './model.ts';

/** Keys of an act whose text is the name of a reply, a command or a point. */
const named: ReadonlySet<string> = new Set(['id', 'reply', 'otherwise', 'before', 'command']);
/** Keys of an act in whose text `{name}` stands for a capture. */
const filled: ReadonlySet<string> = new Set(['path', 'argv', 'look']);

/** A step of another scenario with names of its own: replies and points `<prefix>-name`, captures `<prefix>_name`. */
export function prefixed(
  { start: _start, ...step }: Step,
  prefix: string,
  captures: ReadonlySet<string>,
): Step {
  const rename = renamer(prefix, captures);
  return { ...step, added: prefix, acts: step.acts.map((act) => renamedAct(act, prefix, rename)) };
}

/** Gives captures their new names: as a name, and as `{name}` in texts. */
interface Rename {
  readonly name: (name: string) => string;
  readonly text: (value: unknown) => unknown;
}

function renamer(prefix: string, captures: ReadonlySet<string>): Rename {
  const name = (one: string): string =>
    captures.has(one) ? `${prefix.replaceAll('-', '_')}_${one}` : one;
  const text = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replaceAll(
        /\{([A-Za-z_][A-Za-z0-9_]*)\}/g,
        (_, one: string) => `{${name(one)}}`,
      );
    if (Array.isArray(value)) return value.map(text);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        key === 'ids' && Array.isArray(one) ? one.map((id) => name(String(id))) : text(one),
      ]),
    );
  };
  return { name, text };
}

function renamedAct(act: Act, prefix: string, rename: Rename): Act {
  const fill = 'fill' in act && act.fill === true;
  const entries = Object.entries(act).map(([key, value]): [string, unknown] => {
    if (named.has(key) && typeof value === 'string') return [key, `${prefix}-${value}`];
    if (key === 'capture' && typeof value === 'string') return [key, rename.name(value)];
    if (filled.has(key) || (key === 'body' && fill)) return [key, rename.text(value)];
    if (key === 'alternatives') return [key, renamedParts(value, prefix, rename)];
    return [key, renamedConditions(value, rename)];
  });
  // The same keys with values of the same kinds.
  return Object.fromEntries(entries) as unknown as Act;
}

/** The alternatives of an `any`: each part names a reply, or looks into a log. */
function renamedParts(value: unknown, prefix: string, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((one) => renamedParts(one, prefix, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key === 'reply') return [key, `${prefix}-${String(one)}`];
      return [key, key === 'look' ? rename.text(one) : renamedConditions(one, rename)];
    }),
  );
}

/** Conditions anywhere in a value: lists of lists of terms with comparisons. */
function renamedConditions(value: unknown, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((one) => renamedConditions(one, rename));
  if (typeof value !== 'object' || value === null || !('comparisons' in value)) return value;
  const { comparisons } = value as { readonly comparisons: readonly Comparison[] };
  return { ...value, comparisons: comparisons.map((one) => renamedComparison(one, rename)) };
}

function renamedComparison({ name, value }: Comparison, rename: Rename): Comparison {
  switch (name) {
    case 'same-as':
    case 'differs-from':
      return { name, value: rename.name(String(value)) };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'near':
    case 'size':
    case 'every':
    case 'some':
      return { name, value: renamedBounds(value, rename) };
    default:
      return { name, value };
  }
}

/** What stands behind a comparator that may name captures: `capture`, `sameAs` and `differsFrom`, at any depth. */
function renamedBounds(value: Json, rename: Rename): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]): [string, Json] =>
      ['capture', 'sameAs', 'differsFrom'].includes(key)
        ? [key, rename.name(String(one))]
        : [key, ['equals', 'in', 'contains'].includes(key) ? one : renamedBounds(one, rename)],
    ),
  );
}
