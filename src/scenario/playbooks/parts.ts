import type { Operation } from '../../profile/schema.ts';
import { allOf, both, inWords, termOf, that } from '../condition.ts';
import {
  calibratedPayload,
  endpointNamed,
  merged,
  targetOf,
  terminalStates,
  without,
  type Context,
  type Named,
} from '../context.ts';
import type { Json } from '../comparators.ts';
import { concernedModes } from '../modes.ts';
import type { Act, CheckAct, Condition, PollAct, RequestAct, RequireAct, Target } from '../acts.ts';
import type { Step } from '../model.ts';

/** A word in lower case unless it is an abbreviation: `Baking` → `baking`, `PDF job` stays. */
export function lower(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** The condition that the operation is in one of these states. */
export function inState(operation: Operation, states: readonly string[]): Condition {
  const [only, ...more] = states;
  return only !== undefined && more.length === 0
    ? that(operation.state.path, 'equals', only)
    : that(operation.state.path, 'in', states);
}

/** Where the operation's state is asked, with `{capture}` for its id. */
export function lookAt(context: Context, operation: Operation, capture: string): Target {
  return named(context, operation.get, capture);
}

/** Where the operation is cancelled. */
export function cancelOf(context: Context, operation: Operation, capture: string): Target {
  return named(context, operation.cancel, capture);
}

function named(context: Context, endpointName: string, capture: string): Target {
  const endpoint = endpointNamed(context.profile, endpointName);
  // The profile's own references were checked when it was loaded.
  if (!endpoint) throw new Error(`the profile has no endpoint ${endpointName}`);
  const target = targetOf(endpoint);
  return { ...target, path: target.path.replace('{id}', `{${capture}}`) };
}

/** The request that starts the operation, with the answers' own changes when the trigger is that request. */
export function startRequest(context: Context, reply: string): RequestAct {
  const { starter } = context;
  if (!starter) throw new Error('only a scenario about an operation starts one');
  const body =
    starter.name === context.endpoint?.name
      ? triggerBody(context)
      : calibratedPayload(starter, context.calibration);
  return { kind: 'request', reply, ...targetOf(starter), ...(body === undefined ? {} : { body }) };
}

/**
 * The body of the trigger: `payload` as it is; else the calibrated payload with `body` merged over it and `omit` taken
 * away. In category error nothing is merged unless `body` or `omit` is used (contract, section 2).
 */
export function triggerBody(context: Context): Json | undefined {
  const { trigger, category } = context.scenario.answers;
  if (trigger.kind !== 'api') return undefined;
  if (trigger.payload !== undefined) return trigger.payload;
  const changed = trigger.body !== undefined || trigger.omit !== undefined;
  if (category === 'error' && !changed && context.calibration === undefined) return undefined;
  const base = context.endpoint && calibratedPayload(context.endpoint, context.calibration);
  const full = trigger.body === undefined ? base : merged(base, trigger.body);
  return trigger.omit === undefined ? full : without(full, trigger.omit);
}

/** What a good reply of the starting endpoint looks like: its status and its body, as one criterion. */
export function acceptedCheck(
  context: Context,
  reply: string,
  id: string,
  text: string,
): readonly CheckAct[] {
  const { starter } = context;
  if (!starter) return [];
  const { status, expect } = starter.accepted;
  const condition = both(that('status', 'equals', status), expect.map(termOf));
  return [{ kind: 'check', id, text: `${text}: ${inWords(condition)}`, reply, condition }];
}

/** Wait for one of these states, as a poll that stops at once on every terminal state. */
export function waitFor(
  context: Context,
  operation: Named<Operation>,
  wait: {
    reply: string;
    id: string;
    text: string;
    states: readonly string[];
    within: number;
    capture?: string;
  },
): PollAct {
  return {
    kind: 'poll',
    reply: wait.reply,
    id: wait.id,
    text: wait.text,
    ...lookAt(context, operation, wait.capture ?? 'id'),
    every: lookEvery(context, operation),
    within: wait.within,
    progress: operation.progress.path,
    until: inState(operation, wait.states),
    ends: inState(operation, terminalStates(operation)),
    at: operation.worker,
  };
}

/** Seconds between two looks: as the profile says, and for long calibrations so that there are about a hundred of them. */
function lookEvery({ calibration }: Context, operation: Named<Operation>): number {
  return Math.max(operation.every, Math.round((calibration?.seconds.typical ?? 0) / 100));
}

/** The bound of a wait for something that takes at most `max` seconds: twice that, and never less than half a minute. */
export function boundFor(max: number): number {
  return Math.max(30, Math.ceil(2 * max));
}

/** Seconds within which the operation must complete. */
export function completionBound(context: Context): number {
  return boundFor(context.calibration?.seconds.max ?? 60);
}

/** Wait until the operation is completed, in the mode that the checks were made for. */
export function completes(
  context: Context,
  operation: Named<Operation>,
  reply: string,
): readonly Act[] {
  const within = completionBound(context);
  return [
    ...modeRequirement(context, operation, reply),
    waitFor(context, operation, {
      reply,
      id: 'completes',
      text: `the ${lower(operation.title)} completes within ${within} s`,
      states: operation.state.completed,
      within,
    }),
  ];
}

/**
 * The mode that the checks were made for, seen in the operation's own state: else *misconfigured*. It stands before the wait whose
 * first reply tells it.
 */
export function modeRequirement(
  context: Context,
  operation: Named<Operation>,
  reply: string,
): readonly RequireAct[] {
  return concernedModes({ ...context, operation })
    .filter(({ kind, value }) => kind === operation.mode && value.expect.length > 0)
    .map(({ mode, value }) => ({
      kind: 'require',
      text: `${lower(mode.title)}: ${value.title}`,
      reply,
      condition: allOf(value.expect),
      cure: value.cure,
    }));
}

/** A step whose acts are those that are there. */
export function step(
  title: string,
  component: string,
  expected: string,
  acts: readonly Act[],
): Step {
  return { title, component, expected, acts };
}
