import { refuse } from './addressed.ts';
import type { Context } from './context.ts';
import type { Act, CaptureAct } from './acts.ts';
import type { Resolved, Step } from './model.ts';
import { prefixed } from './prefixed.ts';
import { gives, replyNames } from './replies.ts';
import type { Scenario } from './scenario.ts';
import { capturedIn, isAfterwards } from './steps.ts';

/** The other scenarios of the project. */
export interface Others {
  readonly ids: readonly string[];
  /** The scenario of this id; undefined when it can't be read. */
  readonly find: (id: string) => Scenario | undefined;
}

type Use = NonNullable<Scenario['uses']>[number];
type FullUse = Exclude<Use, string>;

/** What another scenario gives: its steps under names of their own, and all that was resolved of it. */
export interface Used {
  readonly steps: readonly Step[];
  readonly resolved: readonly Resolved[];
}

/**
 * The steps of the scenarios that this one builds on, before all others. `resolved` resolves another one; `chain` are the ids that
 * lead here, so that no scenario builds on itself.
 */
export function usedBy(
  context: Context,
  others: Others,
  chain: readonly string[],
  resolved: (scenario: Scenario) => { readonly resolved?: Resolved; readonly message?: string },
): Used {
  const steps: Step[] = [];
  const all: Resolved[] = [];
  for (const [index, use] of (context.scenario.uses ?? []).entries()) {
    const full: FullUse = typeof use === 'string' ? { scenario: use } : use;
    const path = `uses.${index}`;
    const found = otherOf(context, others, chain, full, path);
    if (!found) continue;
    const { resolved: other, message } = resolved(found);
    if (!other) {
      problem(
        context,
        path,
        `${full.scenario} cannot be built on: ${message ?? 'it is broken'}`,
        'scenario check',
      );
      continue;
    }
    const inlined = inline(context, full, other, steps, path);
    steps.push(...inlined);
    all.push(other);
  }
  return { steps, resolved: all };
}

function otherOf(
  context: Context,
  { ids, find }: Others,
  chain: readonly string[],
  { scenario: id }: FullUse,
  path: string,
): Scenario | undefined {
  if (chain.includes(id)) {
    problem(context, path, `builds on itself: ${[...chain, id].join(' → ')}`, 'another scenario');
    return undefined;
  }
  const found = find(id);
  if (!found)
    refuse(
      context,
      path,
      `there is no scenario ${JSON.stringify(id)} to build on`,
      id,
      ids.filter((one) => !chain.includes(one)),
    );
  return found;
}

function inline(
  context: Context,
  use: FullUse,
  other: Resolved,
  before: readonly Step[],
  path: string,
): readonly Step[] {
  const prefix = use.as ?? other.slug;
  const own = other.steps.filter((step) => !isAfterwards(step));
  const until = use.until ?? replyNames(own).at(-1) ?? '';
  const last = own.findLastIndex(({ acts }) => acts.some((act) => gives(act, until)));
  if (last < 0) {
    refuse(
      context,
      `${path}.until`,
      `${other.id} has no reply ${JSON.stringify(until)}`,
      until,
      replyNames(own),
    );
    return [];
  }
  const taken = own.slice(0, last + 1);
  if (taken.some(({ acts }) => acts.some(({ kind }) => kind === 'ui' || kind === 'script'))) {
    problem(
      context,
      path,
      `${other.id} visits a page or runs a script of its own: that cannot be inlined`,
      'a scenario of requests',
    );
    return [];
  }
  if (before.some(({ added }) => added === prefix)) {
    problem(context, path, `the name ${prefix} is taken already`, 'as: a name of its own');
    return [];
  }
  const captures = new Set(capturedIn(taken));
  const renamed = taken.map((step) => ({
    ...prefixed(step, prefix, captures),
    title: `${step.title} (${other.name})`,
  }));
  return renamed.map((step) => ({ ...step, acts: withCaptures(step.acts, use, prefix, until) }));
}

/** The captures that a person chose, behind the reply that they look at. */
function withCaptures(
  acts: readonly Act[],
  { captures = [] }: FullUse,
  prefix: string,
  until: string,
): readonly Act[] {
  const reply = `${prefix}-${until}`;
  if (!acts.some((act) => gives(act, reply))) return acts;
  return [
    ...acts,
    ...captures.map((one): CaptureAct => ({
      kind: 'capture',
      id: `${prefix}-${one.name.replaceAll('_', '-')}`,
      text: one.text ?? `the reply tells ${one.path}`,
      capture: one.name,
      reply,
      field: one.path,
      ...(one.matches === undefined ? {} : { matches: one.matches }),
      plain: true,
    })),
  ];
}

function problem(context: Context, path: string, message: string, expected: string): void {
  context.problems.push({ path, message, expected });
}
