import { addressed, type Address, type Place } from './addressed.ts';
import { both, inWords, termOf, that } from './condition.ts';
import type { Context } from './context.ts';
import type { ExtraStep } from './extra-step-shape.ts';
import { extraBody, holdsCapture } from './extra-body.ts';
import { refusesStatus, startedBy } from './extra-operations.ts';
import { knownCaptures } from './extra-sending.ts';
import type { CaptureAct, CheckAct, CleanupAct, Condition, TakeAct } from './acts.ts';
import type { Step } from './model.ts';
import { responseCondition } from './observations.ts';
import { lower } from './playbooks/parts.ts';
import { replyNames } from './replies.ts';
import { freshId } from './steps.ts';

/** What the step takes from its reply; of what it starts always the id. */
export function captureActs(
  context: Context,
  addition: ExtraStep,
  address: Address,
  steps: readonly Step[],
  place: Place,
): readonly CaptureAct[] {
  const { id } = addition;
  const started = refusesStatus(addition) ? undefined : startedBy(context, address);
  const given = (addition.captures ?? []).map((one, index): CaptureAct => {
    const isId = started !== undefined && started.id.path === one.path;
    const path = `${place.path}.captures.${index}.name`;
    if (
      place.captures.includes(one.name) ||
      replyNames(steps).includes(one.name) ||
      one.name === id
    )
      context.problems.push({
        path,
        message: `the name ${one.name} is taken already`,
        expected: 'a name of its own, such as total_before',
      });
    const matches = one.matches ?? (isId ? started.id.matches : undefined);
    return {
      kind: 'capture',
      id: freshId(steps, `${id}-${one.name.replaceAll('_', '-')}`),
      text: one.text ?? `the reply tells ${one.path}`,
      capture: one.name,
      reply: id,
      field: one.path,
      ...(matches === undefined ? {} : { matches }),
      ...(isId ? {} : { plain: true }),
    };
  });
  if (!started || given.some(({ plain }) => !plain)) return given;
  return [
    {
      kind: 'capture',
      id: freshId(steps, `${id}-id`),
      text: `the reply names the ${lower(started.title)}`,
      capture: `${id.replaceAll('-', '_')}_id`,
      reply: id,
      field: started.id.path,
      matches: started.id.matches,
    },
    ...given,
  ];
}

/** What stands beside the points of a step: ids that they can't have any more, and what is captured from the same reply. */
interface Beside {
  readonly taken: Set<string>;
  readonly captured: ReadonlySet<string>;
}

/** What is kept of a round for the later ones; no point, for what must hold of it is said of the round. */
export function watchActs({ id, watched = [] }: ExtraStep): readonly TakeAct[] {
  return watched.map(({ name, path }) => ({ kind: 'take', capture: name, reply: id, field: path }));
}

/** A point for each expectation; where none names the status, the endpoint's own good reply comes first. */
export function judgingActs(
  context: Context,
  addition: ExtraStep,
  { endpoint }: Address,
  { taken, captured }: Beside,
  place: Place,
): readonly CheckAct[] {
  const { id, request, at } = addition;
  // What is captured is there: a second point would say the same.
  const expects = (addition.expect ?? []).filter(
    ({ path, exists }) => !(exists === true && path !== undefined && captured.has(path)),
  );
  const named = (wanted: string): string => {
    let fresh = wanted;
    for (let number = 2; taken.has(fresh); number += 1) fresh = `${wanted}-${number}`;
    taken.add(fresh);
    return fresh;
  };
  const accepted: readonly CheckAct[] =
    request && endpoint && expects.every(({ status }) => status === undefined)
      ? [acceptedBy(addition, endpoint, named(`${id}-accepted`))]
      : [];
  const checks = expects.map((one, index): CheckAct => {
    const condition = responseCondition(one);
    const path = `${place.path}.expect.${index}`;
    if (condition[0]?.some(({ comparisons }) => comparisons.length === 0))
      context.problems.push({
        path,
        message: 'names a field but not what must hold of it',
        expected: 'a comparator such as equals: completed, exists: true or gte: 1',
      });
    knownCaptures(context, [condition], { ...place, path });
    if (one.id !== undefined && taken.has(one.id))
      context.problems.push({
        path: `${path}.id`,
        message: `the id ${one.id} is taken already`,
        expected: 'an id of its own',
      });
    const component = one.at ?? at;
    return {
      kind: 'check',
      id: one.id === undefined ? named(`${id}-${wordsOf(condition)}`) : named(one.id),
      text: one.text ?? inWords(condition),
      reply: id,
      condition,
      ...(one.means === undefined ? {} : { means: one.means }),
      ...(component === undefined ? {} : { at: component }),
    };
  });
  return [...accepted, ...checks];
}

/** The endpoint's own good reply; what is captured from it is the capture's to judge. */
function acceptedBy(
  { id: reply, at, captures = [] }: ExtraStep,
  endpoint: NonNullable<Address['endpoint']>,
  id: string,
): CheckAct {
  const { status, expect } = endpoint.accepted;
  const taken = new Set<string>(captures.map(({ path }) => path));
  const others = expect.filter(({ path }) => !taken.has(path));
  const condition = both(that('status', 'equals', status), others.map(termOf));
  const text = `${lower(endpoint.title)}: ${inWords(condition)}`;
  return { kind: 'check', id, text, reply, condition, ...(at === undefined ? {} : { at }) };
}

function wordsOf(condition: Condition): string {
  const field = condition[0]?.at(-1)?.field ?? 'reply';
  return (field.toLowerCase().match(/[a-z0-9]+/g) ?? ['reply']).slice(-2).join('-');
}

/** What undoes the step: as a person says it, or the cancel of what it started. */
export function cleanupActs(
  context: Context,
  addition: ExtraStep,
  address: Address,
  captures: readonly CaptureAct[],
  place: Place,
): readonly CleanupAct[] {
  const { cleanup, restore } = addition;
  if (restore) {
    const here = { ...place, path: `${place.path}.restore` };
    const back = addressed(context, restore, here, 'PUT');
    if (!back) return [];
    const body = extraBody(context, restore, back, here);
    return [
      {
        kind: 'cleanup',
        text:
          restore.text ?? lower(back.endpoint?.title ?? `bring back what ${addition.id} changed`),
        ...back.target,
        ...(body === undefined ? {} : { body }),
        ...(holdsCapture(body, place.captures) ? { fill: true } : {}),
        restore: true,
      },
    ];
  }
  if (cleanup) {
    const undo = addressed(context, cleanup, { ...place, path: `${place.path}.cleanup` }, 'DELETE');
    const text = cleanup.text ?? lower(undo?.endpoint?.title ?? `undo ${addition.id}`);
    return undo ? [{ kind: 'cleanup', text, ...undo.target }] : [];
  }
  const started = startedBy(context, address);
  const own = captures.find(({ plain }) => plain !== true);
  if (!started || !own) return [];
  const params = { id: `{${own.capture}}` };
  const undo = addressed(context, { endpoint: started.cancel, params }, place);
  return undo
    ? [{ kind: 'cleanup', text: `cancel the ${lower(started.title)}`, ...undo.target }]
    : [];
}
