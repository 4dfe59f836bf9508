import { addressed, refuse, type Address, type Place } from './addressed.ts';
import { inWords } from './condition.ts';
import type { Context } from './context.ts';
import { captureActs, cleanupActs, judgingActs, watchActs } from './extra-judging.ts';
import { operationAt } from './extra-operations.ts';
import type { ExtraStep } from './extra-step-shape.ts';
import { seriesActs } from './extra-series.ts';
import { lineStep } from './extra-line.ts';
import { conditionOf, sendingActs } from './extra-sending.ts';
import type { Step } from './model.ts';
import { roundsOf } from './repeat.ts';
import type { Addition } from './scenario.ts';
import { replyNames } from './replies.ts';
import { capturedIn, freshId, isAfterwards } from './steps.ts';

/** Whether an addition is a step of its own, and not a criterion on what the others give. */
export function isExtraStep({ request, poll, hold, line }: Addition): boolean {
  return [request, poll, hold, line].some((one) => one !== undefined);
}

/** The steps with those that a person added: the setup before all others but the used ones, the additions each at its place. */
export function withExtraSteps(
  context: Context,
  steps: readonly Step[],
  behindUsed: number,
): readonly Step[] {
  const { setup = [], additions = [] } = context.scenario;
  let result = steps;
  for (const [index, one] of setup.entries())
    result = withStep(context, result, one, `setup.${index}`, behindUsed + index);
  // The last step that stands after a reply, so that two that name the same one keep their order.
  const behind = new Map<string, string>();
  for (const [index, addition] of additions.entries()) {
    if (!isExtraStep(addition)) continue;
    const path = `additions.${index}`;
    const { after: anchor } = addition;
    const at = placeFor(result, behind.get(anchor ?? '') ?? anchor);
    if (at === undefined)
      refuse(
        context,
        `${path}.after`,
        `there is no reply named ${JSON.stringify(anchor)} in this scenario`,
        anchor ?? '',
        replyNames(result),
      );
    else result = withStep(context, result, addition, path, at);
    if (anchor !== undefined) behind.set(anchor, addition.id);
  }
  return result;
}

function withStep(
  context: Context,
  steps: readonly Step[],
  one: ExtraStep,
  path: string,
  at: number,
): readonly Step[] {
  const before = steps.slice(0, at);
  if (one.repeat && !one.request) {
    context.problems.push({
      path: `${path}.repeat`,
      message: 'only a request is repeated; a poll or hold looks again and again by itself',
      expected: 'request beside it',
    });
    return steps;
  }
  const rounds: Step[] = [];
  for (const round of roundsOf(one)) {
    const captures = capturesBefore(context, [...before, ...rounds]);
    const made = stepOf(context, round, [...steps, ...rounds], { path, captures });
    if (made) rounds.push(made);
  }
  const [first] = rounds;
  if (!first) return steps;
  const title = one.repeat ? `${first.title}, ${one.repeat.times} times` : first.title;
  const acts = rounds.flatMap((round) => round.acts);
  return [...before, { ...first, title, added: one.id, acts }, ...steps.slice(at)];
}

/** The index behind the step that gives this reply; else before the last steps, that only look at logs, files and the like. */
function placeFor(steps: readonly Step[], after: string | undefined): number | undefined {
  if (after === undefined) {
    return steps.findLastIndex((step) => !isAfterwards(step)) + 1;
  }
  const found = steps.findLastIndex(
    (step) => step.added === after || replyNames([step]).includes(after),
  );
  return found < 0 ? undefined : found + 1;
}

function capturesBefore(context: Context, steps: readonly Step[]): readonly string[] {
  const settings = context.profile.variables.filter(({ secret }) => !secret);
  return [...capturedIn(steps), ...settings.map(({ name }) => name)];
}

function stepOf(
  context: Context,
  addition: ExtraStep,
  steps: readonly Step[],
  place: Place,
): Step | undefined {
  const { id, path } = { id: addition.id, path: place.path };
  const before = context.problems.length;
  if (replyNames(steps).includes(id) || freshId(steps, id) !== id)
    context.problems.push({
      path: `${path}.id`,
      message: `the id ${id} is taken already`,
      expected: 'an id of its own',
    });
  const { request, poll, hold, line, cleanup, restore } = addition;
  if (restore && (!request || cleanup))
    context.problems.push({
      path: `${path}.restore`,
      message: cleanup
        ? 'stands beside a cleanup; only one of them can undo the step'
        : 'brings back what a request changed, and this step sends none',
      expected: 'request with restore, or with cleanup',
    });
  if ([request, poll, hold, line].filter((one) => one !== undefined).length > 1)
    context.problems.push({
      path,
      message: `the step ${id} does more than one thing`,
      expected: 'exactly one of request, poll, hold, line; write a step for each',
    });
  if (line) return lineStep(context, addition, line, { ...place, path: `${place.path}.line` });
  const kind = request ? 'request' : poll ? 'poll' : 'hold';
  const here = { ...place, path: `${path}.${kind}` };
  const address = addressed(context, request ?? poll ?? hold ?? {}, here);
  if (!address) return undefined;
  const watched = request ? undefined : operationAt(context, address.endpoint?.name);
  const component =
    addition.at ?? watched?.worker ?? address.endpoint?.component ?? address.target.service;
  const sending = sendingActs(context, addition, address, here);
  const captures = captureActs(context, addition, address, steps, place);
  const watching = watchActs(addition);
  const known = [...place.captures, ...[...captures, ...watching].map(({ capture }) => capture)];
  const beside = {
    taken: idsBeside(steps, captures, id),
    captured: new Set(captures.map(({ field }) => field)),
  };
  const judging = judgingActs(context, addition, address, beside, { ...place, captures: known });
  const overall = seriesActs(context, addition, beside.taken, place);
  const undoing = cleanupActs(context, addition, address, captures, { ...place, captures: known });
  const points = [...sending, ...judging, ...overall].flatMap((act) =>
    'text' in act ? [act.text] : [],
  );
  if (request && points.length === 0 && captures.length === 0)
    context.problems.push({
      path,
      message: `the step ${id} says nothing of the reply, so it would be green whatever came`,
      expected: 'expect: [{ status: 200 }]',
    });
  if (context.problems.length > before) return undefined;
  const [accepted, ...others] = judging;
  const isFirst = accepted?.id === `${id}-accepted`;
  return {
    title: addition.title ?? titleOf(addition, address),
    component,
    added: id,
    expected: points.length === 0 ? 'it answers' : points.join('; '),
    acts: [
      ...sending,
      ...(isFirst ? [accepted] : []),
      ...captures,
      ...watching,
      ...undoing,
      ...(isFirst ? others : judging),
      ...overall,
    ],
  };
}

/** The ids that the points of a step can't have any more. */
function idsBeside(
  steps: readonly Step[],
  captures: readonly { readonly id: string }[],
  own: string,
): Set<string> {
  const others = steps.flatMap(({ acts }) => acts.flatMap((act) => ('id' in act ? [act.id] : [])));
  return new Set([...others, ...captures.map(({ id }) => id), own]);
}

function titleOf({ poll, hold }: ExtraStep, { endpoint, target }: Address): string {
  if (poll) return `Wait until ${inWords(conditionOf(poll.until))}`;
  if (hold) return `See that it stays so: ${inWords(conditionOf(hold.while))}`;
  return endpoint?.title ?? `${target.method} ${target.path}`;
}
