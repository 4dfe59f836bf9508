import type { Comparison, Json } from '../scenario/comparators.ts';
import type { CheckAct, LogAct, Term } from '../scenario/acts.ts';
import { fieldOf, holds, regex, type Captures } from './conditions.ts';
import type { Fault } from './fault.ts';
import type { Reply } from './reply.ts';
import { withField, type Sight } from './reply-faults.ts';
import type { WaitChange } from './wait-faults.ts';

const name = 'defect-healed';

/**
 * The opposite of a fault, for a point that a known defect turns red already: the reply as it would be without the defect. The point
 * must turn green, else it would say the same whatever the system does. Undefined where nothing needs healing, or no value is known.
 */
export function healedReply(point: CheckAct, { reply, captures }: Sight): WaitChange | undefined {
  const [terms = []] = point.condition;
  const changes = terms.map((term) => rightChange(term, reply, captures));
  const change = (one: Reply): Reply =>
    changes.reduce((healed, make) => make?.(healed) ?? healed, one);
  const heals =
    !holds(point.condition, reply, captures) && holds(point.condition, change(reply), captures);
  return heals
    ? { name, what: terms.map(({ field }) => field).join(', '), change: (one) => change(one) }
    : undefined;
}

/** A log without the lines that the defect writes. */
export function healedLog({ look, service, id: point }: LogAct): readonly Fault[] {
  const pattern = look.name === 'clean' ? regex(look.errors) : undefined;
  if (pattern === undefined) return [];
  return [
    {
      name,
      what: `the log of ${service} without its lines`,
      point,
      heals: true,
      plant: { kind: 'log', service, change: (line) => (pattern.test(line) ? [] : [line]) },
    },
  ];
}

function rightChange(
  term: Term,
  reply: Reply,
  captures: Captures,
): ((reply: Reply) => Reply) | undefined {
  const { field, comparisons } = term;
  const candidates = [fieldOf(reply, field) ?? null, ...comparisons.flatMap(rightValues)];
  const set = (value: Json): ((one: Reply) => Reply) =>
    field === 'status'
      ? (one) => (typeof value === 'number' ? { ...one, status: value } : one)
      : (one) => withField(one, field, value);
  return candidates.map(set).find((change) => holds([[term]], change(reply), captures));
}

function rightValues({ name: comparator, value }: Comparison): readonly Json[] {
  switch (comparator) {
    case 'equals':
    case 'gte':
    case 'lte':
      return [value];
    case 'in':
      return Array.isArray(value) ? (value as Json[]) : [];
    case 'gt':
      return typeof value === 'number' ? [value + 1, value + 0.001] : [];
    case 'lt':
      return typeof value === 'number' ? [value - 1, value - 0.001] : [];
    case 'contains':
      return [[value]];
    case 'exists':
      return value === true ? ['there'] : [];
    default:
      return [];
  }
}
