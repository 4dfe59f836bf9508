import type * as z from 'zod';
import type { outcomeShapes } from '../answers/schema.ts';
import { comparisonsOf, type Comparison } from './comparators.ts';
import { inWords, term, that } from './condition.ts';
import type { Context } from './context.ts';
import type { Act, Condition, UiAct } from './acts.ts';
import type { Step } from './model.ts';
import type { Wanted } from './observations.ts';
import { folded, pageReply, withVisit } from './page.ts';

type UiOutcome = z.infer<typeof outcomeShapes.ui>;
type RequestOutcome = NonNullable<UiOutcome['request']>;

/** The steps, in which the visit keeps an eye on what the outcome speaks of, and the checks on what it saw. */
interface Bound {
  readonly steps: readonly Step[];
  readonly checks: readonly { readonly text: string; readonly condition: Condition }[];
}

/** Binds an outcome to the visit of the scenario; without one, a problem is noted. */
export function pageOutcome(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  outcome: UiOutcome,
): Bound {
  const visit = steps.flatMap(({ acts }) => acts).find((act) => act.kind === 'ui');
  if (!visit) {
    context.problems.push({
      path: `${wanted.path}.ui`,
      message: 'nothing in this scenario opens a page, so there is no text and no request of one',
      expected: 'trigger: { kind: ui, page: …, actions: […] }',
    });
    return { steps, checks: [] };
  }
  const text = outcome.text === undefined ? [] : textChecks(outcome.text, visit);
  const request = outcome.request && requestCheck(outcome.request, visit);
  return {
    steps: withVisit(steps, (act) => ({
      ...act,
      watch: request?.watch ?? act.watch,
      texts: [...new Set([...act.texts, ...text.flatMap(({ awaited }) => awaited)])],
    })),
    checks: [...text, ...(request ? [request] : [])],
  };
}

/**
 * What a page shows follows from what it was answered: so its requests are judged first, and a fault of the service is not taken for
 * one of the page.
 */
export function requestsFirst(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) =>
    step.acts.some(({ kind }) => kind === 'ui')
      ? {
          ...step,
          acts: [...step.acts.filter((act) => !isShown(act)), ...step.acts.filter(isShown)],
        }
      : step,
  );
}

/** Whether an act judges what a visit came to, beyond its requests. */
function isShown(act: Act): boolean {
  return (
    act.kind === 'check' &&
    act.reply === pageReply &&
    act.condition.every((terms) =>
      terms.every(({ field }) => /^\.(?:problem|exceptions|text)\b/.test(field)),
    )
  );
}

interface TextCheck {
  readonly text: string;
  readonly condition: Condition;
  readonly awaited: readonly string[];
}

/** A text that an action waits for was seen when that action succeeded: it is not asked for twice. */
function textChecks(outcome: NonNullable<UiOutcome['text']>, visit: UiAct): readonly TextCheck[] {
  if (typeof outcome === 'object' && 'absent' in outcome) {
    const text = folded(outcome.absent);
    return [
      {
        text: `the page does not show ${JSON.stringify(text)}`,
        condition: that('.text', 'lacks', literally(text)),
        awaited: [],
      },
    ];
  }
  const text = folded(typeof outcome === 'string' ? outcome : outcome.present);
  if (visit.actions.some((one) => 'waitFor' in one && one.waitFor.text.includes(text))) return [];
  return [
    {
      text: `the page shows ${JSON.stringify(text)}`,
      condition: that('.text', 'matches', literally(text)),
      awaited: [text],
    },
  ];
}

/** A regular expression that finds exactly this text. */
function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function requestCheck(outcome: RequestOutcome, { watch }: UiAct) {
  const { method = 'GET', path, status } = outcome;
  const known = watch.find((one) => one.method === method && one.path === path);
  const others = watch.filter(({ name }) => name.startsWith('request')).length;
  const name = known?.name ?? `request${others === 0 ? '' : `_${others + 1}`}`;
  const compared = statusComparisons(status);
  return {
    watch: known ? watch : [...watch, { name, method, path }],
    text: `the page requests ${method} ${path}${compared.length === 0 ? '' : `: ${inWords([[term('status', ...compared)]])}`}`,
    condition:
      compared.length === 0
        ? that(`.asked.${name}.times`, 'gte', 1)
        : [[term(`.asked.${name}.status`, ...compared)]],
  };
}

function statusComparisons(status: RequestOutcome['status']): readonly Comparison[] {
  if (status === undefined) return [];
  if (typeof status === 'number') return [{ name: 'equals', value: status }];
  return Array.isArray(status) ? [{ name: 'in', value: status }] : comparisonsOf(status);
}
