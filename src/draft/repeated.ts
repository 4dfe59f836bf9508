import type { CheckAct, LogAct } from '../scenario/acts.ts';
import type { Comparison } from '../scenario/comparators.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Check } from './checks.ts';
import { spokenOf } from './spoken-points.ts';

/** A check that is left out, and the text of the point that says it already. */
export interface Repeated {
  readonly check: Check;
  readonly by: string;
}

/**
 * A check that could never be the first to turn red: a log line that another point of the scenario looks for more closely, a bound
 * within another's, or a sentence on what the playbook judges.
 */
export function repeatedIn(
  checks: readonly Check[],
  scenario: Pick<Resolved, 'id' | 'category' | 'steps'>,
): Repeated | undefined {
  for (const check of checks) {
    const by =
      closerLog(check, scenario) ?? closerBound(check, scenario) ?? spoken(check, scenario);
    if (by !== undefined) return { check, by };
  }
  return undefined;
}

type Points = Pick<Resolved, 'steps'>;

function spoken(check: Check, scenario: Parameters<typeof repeatedIn>[1]): string | undefined {
  const isSentence = !check.outcome && !check.addition && !check.covered && !check.script;
  return isSentence ? spokenOf(check.text, scenario) : undefined;
}

function closerLog({ outcome }: Check, { steps }: Points): string | undefined {
  const log = outcome && 'log' in outcome ? outcome.log : undefined;
  const logs = steps.flatMap(({ acts }) => acts).filter((act): act is LogAct => act.kind === 'log');
  return (
    log &&
    logs.find(
      ({ service, look }) =>
        service === log.service && look.name === 'present' && isWithin(log, look.text),
    )?.text
  );
}

/** Whether every line that holds `text` is one that the log outcome looks for. */
function isWithin(
  {
    present,
    matches,
  }: { readonly present?: string | undefined; readonly matches?: string | undefined },
  text: string,
): boolean {
  if (present !== undefined) return text !== present && text.includes(present);
  if (matches === undefined) return false;
  try {
    return new RegExp(matches).test(text);
  } catch {
    return false;
  }
}

/** Of checks of one field of one reply, the one that says more than the check's own. */
function closerBound({ outcome }: Check, { steps }: Points): string | undefined {
  const said =
    outcome && ('response' in outcome ? outcome.response : 'state' in outcome && outcome.state);
  if (!said || typeof said.path !== 'string') return undefined;
  const points = steps
    .flatMap(({ acts }) => acts)
    .filter((act): act is CheckAct => act.kind === 'check')
    .flatMap((act) => boundsOn(said.path ?? '', act));
  const own = points.find(({ act }) => act.id.startsWith('outcome-'));
  return points.find(
    ({ act, bounds }) =>
      own !== undefined &&
      act !== own.act &&
      act.reply === own.act.reply &&
      own.bounds.every((one) => bounds.some((other) => implies(other, one))),
  )?.act.text;
}

interface Bounds {
  readonly act: CheckAct;
  readonly bounds: readonly Comparison[];
}

/** What a check asks of one field, where it asks for nothing else. */
function boundsOn(path: string, act: CheckAct): readonly Bounds[] {
  const [terms, ...others] = act.condition;
  const [term, ...more] = terms ?? [];
  return term?.field === path && others.length === 0 && more.length === 0
    ? [{ act, bounds: term.comparisons }]
    : [];
}

/** Whether what satisfies one bound satisfies the other. */
function implies(
  { name, value: given }: Comparison,
  { name: wanted, value: bound }: Comparison,
): boolean {
  if (typeof given !== 'number' || typeof bound !== 'number') return false;
  const isOver = name === 'gt' ? given >= bound : /^(?:gte|equals)$/.test(name) && given > bound;
  const isUnder = name === 'lt' ? given <= bound : /^(?:lte|equals)$/.test(name) && given < bound;
  const isAt = given === bound;
  switch (wanted) {
    case 'gt':
      return isOver;
    case 'gte':
      return isOver || (isAt && /^(?:gte|equals)$/.test(name));
    case 'lt':
      return isUnder;
    case 'lte':
      return isUnder || (isAt && /^(?:lte|equals)$/.test(name));
    default:
      return false;
  }
}
