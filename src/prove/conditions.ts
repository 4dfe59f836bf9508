import {
  boundCapture,
  elementsOf,
  nearness,
  sizesOf,
  type Comparison,
  type Json,
} from '../scenario/comparators.ts';
import type { CaptureAct, Condition, HoldAct, PollAct, TakeAct } from '../scenario/acts.ts';
import { isList, valueAt } from './json-path.ts';
import { jsonOf, type Reply } from './reply.ts';

/** Captured values by name. */
export type Captures = { readonly [name: string]: Json };

/** Whether a condition holds of a reply, by the rules of the script language (docs/script-language.md). */
export function holds(condition: Condition, reply: Reply, captures: Captures): boolean {
  return condition.some((terms) =>
    terms.every(({ field, comparisons }) => {
      const value = fieldOf(reply, field);
      return comparisons.every((comparison) => compares(value, comparison, captures));
    }),
  );
}

/** What one look of a poll comes to. */
export type Look = 'until' | 'ends' | 'early' | 'bad' | 'wait';

/** Judges one look of a poll. */
export function lookOf(
  act: Pick<PollAct, 'until' | 'ends' | 'early'>,
  reply: Reply,
  captures: Captures,
): Look {
  if (!readable(reply) || lacksField(act.ends, reply)) return 'bad';
  if (holds(act.until, reply, captures)) return 'until';
  if (!holds(act.ends, reply, captures)) return 'wait';
  return act.early !== undefined && holds(act.early, reply, captures) ? 'early' : 'ends';
}

/** Judges one look of a hold. */
export function staysAt(act: HoldAct, reply: Reply, captures: Captures): boolean {
  return readable(reply) && holds(act.while, reply, captures);
}

/** What a capture takes from a reply; undefined when its point is red. */
export function capturedBy(act: CaptureAct | TakeAct, reply: Reply): Json | undefined {
  const value = fieldOf(reply, act.field);
  const isText = typeof value === 'string' && value !== '';
  if (!isText && typeof value !== 'number') return undefined;
  const pattern = act.matches === undefined ? undefined : regex(act.matches);
  return pattern === undefined || pattern.test(String(value)) ? value : undefined;
}

/** A field of a reply; undefined when it isn't there. */
export function fieldOf(reply: Reply, field: string): Json | undefined {
  if (reply.lost) return undefined;
  if (field === 'status') return reply.status;
  if (field === 'seconds') return reply.seconds;
  if (field === 'elapsed') return reply.elapsed;
  if (field === 'body') return reply.text;
  if (field.startsWith('header:'))
    return reply.headers[field.slice('header:'.length).toLowerCase()];
  return valueAt(jsonOf(reply), field);
}

/** A regular expression of the scripts (jq's, or grep's) as one of ours; undefined where it can't be said in ours. */
export function regex(source: string): RegExp | undefined {
  const flags = /^\(\?([imsx]+)\)/.exec(source);
  const classes: { readonly [name: string]: string } = {
    space: String.raw`\s`,
    digit: String.raw`\d`,
    alpha: 'A-Za-z',
    alnum: 'A-Za-z0-9',
    upper: 'A-Z',
    lower: 'a-z',
    xdigit: '0-9A-Fa-f',
  };
  const body = (flags ? source.slice(flags[0].length) : source).replaceAll(
    /\[:([a-z]+):\]/g,
    (whole, name: string) => classes[name] ?? whole,
  );
  try {
    return new RegExp(body, flags?.[1]?.includes('i') === true ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** A poll or hold needs a reply with status 200 whose body is JSON. */
function readable(reply: Reply): boolean {
  return reply.lost !== true && reply.status === 200 && jsonOf(reply) !== undefined;
}

function lacksField(condition: Condition, reply: Reply): boolean {
  return condition.some((terms) => terms.some(({ field }) => fieldOf(reply, field) === undefined));
}

function compares(
  value: Json | undefined,
  { name, value: wanted }: Comparison,
  captures: Captures,
): boolean {
  if (name === 'exists') return (value !== undefined && value !== null) === (wanted === true);
  if (value === undefined) return false;
  switch (name) {
    case 'equals':
      return equal(value, wanted);
    case 'in':
      return isList(wanted) && wanted.some((one) => equal(value, one));
    case 'contains':
      return isList(value) && value.some((one) => equal(one, wanted));
    case 'same-as':
      return equal(value, captures[String(wanted)] ?? null);
    case 'differs-from': {
      const other = captures[String(wanted)];
      return typeof value === typeof other && !equal(value, other ?? null);
    }
    case 'near': {
      const { capture, by, percent } = nearness(wanted);
      const other = captures[capture];
      return (
        typeof value === 'number' &&
        typeof other === 'number' &&
        Math.abs(value - other) <= (percent ? (Math.abs(other) * by) / 100 : by)
      );
    }
    case 'size': {
      const count = sizeOf(value);
      return count !== undefined && sizesOf(wanted).every((one) => compares(count, one, captures));
    }
    case 'every':
      return isList(value) && value.length > 0 && value.every(elementHolds(wanted, captures));
    case 'some':
      return isList(value) && value.some(elementHolds(wanted, captures));
    case 'matches':
      return typeof value === 'string' && (regex(String(wanted))?.test(value) ?? true);
    case 'lacks':
      return !textsIn(value).some((text) => regex(String(wanted))?.test(text) ?? false);
    default: {
      const capture = boundCapture(wanted);
      const bound = capture === undefined ? wanted : captures[capture];
      return typeof value === 'number' && typeof bound === 'number' && ordered(name, value, bound);
    }
  }
}

/** How many elements a list, or members an object, has. */
export function sizeOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return isList(value) ? value.length : Object.keys(value).length;
}

/** Whether one element of a list is as `every` or `some` wants it. */
export function elementHolds(wanted: Json, captures: Captures): (element: Json) => boolean {
  const { path, comparisons } = elementsOf(wanted);
  return (element) => {
    const value = path === '.' ? element : valueAt(element, path);
    return comparisons.every((comparison) => compares(value, comparison, captures));
  };
}

function ordered(name: 'gt' | 'gte' | 'lt' | 'lte', value: number, wanted: number): boolean {
  if (name === 'gt') return value > wanted;
  if (name === 'gte') return value >= wanted;
  return name === 'lt' ? value < wanted : value <= wanted;
}

/** The texts in which `lacks` looks: the body as it came, and every text and key of what is JSON. */
function textsIn(value: Json): readonly string[] {
  const inner = typeof value === 'string' ? parsed(value) : value;
  const own = typeof value === 'string' ? [value] : [];
  if (typeof inner !== 'object' || inner === null) return own;
  return [...own, ...memberTexts(inner)];
}

function memberTexts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap(memberTexts);
  return Object.keys(value).concat(Object.values(value).flatMap(memberTexts));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

export function equal(left: Json, right: Json): boolean {
  return canonical(left) === canonical(right);
}

/** JSON with the members of objects in order. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_key, one: Json) =>
    typeof one === 'object' && one !== null && !isList(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
