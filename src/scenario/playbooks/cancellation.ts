import { anyOf, both, inWords, term, termOf, that } from '../condition.ts';
import type { Operation } from '../../profile/schema.ts';
import type { Context, Named } from '../context.ts';
import type { Act, CheckAct, Condition } from '../acts.ts';
import type { Step } from '../model.ts';
import {
  acceptedCheck,
  boundFor,
  cancelOf,
  inState,
  lookAt,
  lower,
  modeRequirement,
  startRequest,
  step,
  waitFor,
} from './parts.ts';
import { commandEnds } from './launching.ts';
import { startStep } from './start.ts';
import { terminalStates } from '../context.ts';

/** Cancellation (contract, section 5): running and half-way, one cancel, it ends for the right reason and stays so. */
export function cancellation(context: Context): readonly Step[] {
  const { operation } = context;
  if (!operation) return [];
  return [
    startStep(context, operation),
    halfWayStep(context, operation),
    cancelStep(context, operation),
    endsStep(context, operation),
    ...commandEnds(context, 'cancelled'),
    againStep(context, operation),
  ];
}

function halfWayStep(context: Context, operation: Named<Operation>): Step {
  const what = lower(operation.title);
  const { full, path } = operation.progress;
  const percent = context.calibration?.cancelAt ?? 50;
  const at = (full * percent) / 100;
  const within = boundFor(context.calibration?.seconds.max ?? 60);
  const running = inState(operation, operation.state.running);
  return step(
    `Wait until the ${what} is at ${percent} %`,
    operation.worker,
    `it runs, and is between 0 and 100 %`,
    [
      ...modeRequirement(context, operation, 'half'),
      {
        ...waitFor(context, operation, {
          reply: 'half',
          id: 'half-way',
          text: `the ${what} gets to ${percent} %`,
          states: operation.state.running,
          within,
        }),
        until: that(path, 'gte', at),
        early: inState(operation, operation.state.completed),
      },
      {
        kind: 'guard',
        id: 'mid-way',
        text: `it was running, between 0 and 100 %, right before the cancel`,
        reply: 'half',
        condition: both(running, [
          term(path, { name: 'gt', value: 0 }, { name: 'lt', value: full }),
        ]),
        means: 'the operation was not under way: what follows would say nothing about cancelling',
        at: operation.worker,
      },
    ],
  );
}

function cancelStep(context: Context, operation: Named<Operation>): Step {
  const { acknowledged, tooLate } = operation.cancellation;
  const target = cancelOf(context, operation, 'id');
  const reply = both(
    that('status', 'equals', acknowledged.status),
    acknowledged.expect.map(termOf),
  );
  const service = context.profile.endpoints[operation.cancel];
  return step(
    'Cancel it, once',
    service?.component ?? target.service,
    'the cancel is acknowledged',
    [
      { kind: 'request', reply: 'cancel', ...target },
      ...(tooLate === undefined ? [] : [inTime(tooLate)]),
      {
        kind: 'check',
        id: 'acknowledged',
        text: `the cancel is acknowledged: ${inWords(reply)}`,
        reply: 'cancel',
        condition: reply,
      },
    ],
  );
}

/** Between the last look and the cancel the operation may end by itself: then nothing can be said about cancelling. */
function inTime(tooLate: string): CheckAct {
  return {
    kind: 'guard',
    id: 'in-time',
    text: 'it had not completed by itself before the cancel arrived',
    reply: 'cancel',
    condition: that('body', 'lacks', tooLate),
    means: 'the data are too small, or this machine too slow: the cancel came too late',
  };
}

function endsStep(context: Context, operation: Named<Operation>): Step {
  const what = lower(operation.title);
  const { within, settle } = operation.cancellation;
  const allowed = allowedEnds(context, operation);
  const look = lookAt(context, operation, 'id');
  const acts: readonly Act[] = [
    {
      kind: 'poll',
      reply: 'ended',
      id: 'ends',
      text: `the ${what} ends as it should: ${inWords(allowed)}`,
      ...look,
      every: operation.every,
      within,
      progress: operation.progress.path,
      until: allowed,
      ends: inState(operation, terminalStates(operation)),
    },
    {
      kind: 'hold',
      reply: 'stays',
      id: 'stays-ended',
      text: `it stays so for ${settle} s`,
      ...look,
      every: operation.every,
      for: settle,
      progress: operation.progress.path,
      while: allowed,
    },
    {
      kind: 'series',
      id: 'progress-stops',
      text: 'its progress stops',
      reply: 'stays',
      path: operation.progress.path,
      check: { name: 'steady' },
    },
  ];
  return step(
    'See that it ends, and stays so',
    operation.worker,
    `${inWords(allowed)}, for ${settle} s`,
    acts,
  );
}

/** The ends that the profile allows, narrowed by an outcome on the state that the user named. */
function allowedEnds(context: Context, operation: Named<Operation>): Condition {
  const wanted = wantedStates(context, operation);
  const allowed = operation.cancellation.allowed.filter((alternative) =>
    alternative.every(
      (expectation) =>
        expectation.path !== operation.state.path ||
        wanted === undefined ||
        expectation.equals === undefined ||
        wanted.includes(expectation.equals),
    ),
  );
  return anyOf(allowed);
}

/** The terminal states that an outcome names, if one does. */
function wantedStates(
  context: Context,
  operation: Named<Operation>,
): readonly unknown[] | undefined {
  for (const outcome of context.scenario.answers.outcome) {
    if (!('state' in outcome) || outcome.state.path !== operation.state.path) continue;
    if (outcome.state.in !== undefined) return outcome.state.in;
    if (outcome.state.equals !== undefined) return [outcome.state.equals];
  }
  return undefined;
}

function againStep(context: Context, operation: Named<Operation>): Step {
  const what = lower(operation.title);
  const { starter } = context;
  return step(
    `See that a new ${what} can start`,
    starter?.component ?? operation.service,
    'it reaches running; it is cancelled when the script ends',
    [
      startRequest(context, 'again'),
      ...acceptedCheck(context, 'again', 'accepted-again', `a new ${what} is accepted`),
      {
        kind: 'capture',
        id: 'has-new-id',
        text: `the reply names the new ${what}`,
        capture: 'new_id',
        reply: 'again',
        field: operation.id.path,
        matches: operation.id.matches,
      },
      {
        kind: 'cleanup',
        text: `cancel the new ${what}`,
        ...cancelOf(context, operation, 'new_id'),
      },
      waitFor(context, operation, {
        reply: 'running',
        id: 'runs-again',
        text: `the new ${what} reaches running`,
        states: operation.state.running,
        within: operation.startsWithin,
        capture: 'new_id',
      }),
    ],
  );
}
