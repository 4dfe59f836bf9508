import { settle } from '../backend/settle.ts';
import type { Cache } from '../data/cache.ts';
import type { Operation } from '../backend/state.ts';
import type { LogEntry } from '../log-entry.ts';
import { planOf } from '../training/order.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { newOperation } from '../backend/new-operation.ts';
import { askedLog, busyLog, startedLog, stoppedLog, stoppingLog } from './log.ts';
import type { Listed } from './log.ts';
import { operationIdOf } from './state.ts';
import type { Session, TrainingHostState } from './state.ts';
import { failSession, sessionOf, sessionWork } from './work.ts';

/** The host after something was asked of it, with the lines of its log. */
export interface Asked {
  readonly state: TrainingHostState;
  readonly entries: readonly LogEntry[];
}

/** Why no session was created: one is running, or there is one of this id. */
export type Refusal = 'busy' | 'taken';

/** What the busy host says, after "Failed to start training session" (recording host-train-busy). */
export const busyText =
  'Service temporarily unavailable: Maximum concurrent sessions (1) reached. Please try again in a moment.';

/** Creates and starts a session at a time, unless one is running already; the price files are those of the backend. */
export function startSession(
  before: TrainingHostState,
  id: string,
  order: TrainingOrder,
  cache: Cache,
  at: number,
): Asked & { readonly refusal?: Refusal } {
  const settled = settle(before.operations, at);
  const state = { ...before, operations: settled.state };
  const sessions = listed(state);
  const asked = [...settled.entries, askedLog(at, sessions)];
  if (state.sessions.some((session) => session.id === id)) {
    return { state, entries: asked, refusal: 'taken' };
  }
  if (sessions.some(([, status]) => status === 'running')) {
    return { state, entries: [...asked, ...busyLog(at, sessions)], refusal: 'busy' };
  }
  const { isWarm, operations } = state.operations;
  const plan = planOf(order, cache, !isWarm);
  const operation = newOperation(operationIdOf(id), sessionWork(order, plan, id), at);
  return {
    state: {
      operations: {
        ...state.operations,
        operations: [...operations, operation],
        isWarm: isWarm || plan.failure === undefined,
      },
      sessions: [...state.sessions, { id, operationId: operation.id, startedAt: at }],
    },
    entries: [...asked, ...startedLog(at, id, order)],
  };
}

/** Stops the session of a running operation: its record ends as failed before the cancel is answered. */
export function stopSession(
  state: TrainingHostState,
  operation: Operation,
  reason: string | null,
  at: number,
): Asked {
  const { sessionId } = sessionOf(operation);
  const cause = 'Training cancelled by user request';
  const failed = failSession(state.operations, operation, at, cause);
  return {
    state: { ...state, operations: failed.state },
    entries: [
      ...stoppingLog(at, operation.id, sessionId, reason),
      ...failed.entries,
      ...stoppedLog(at, operation.id, sessionId),
    ],
  };
}

/** The operation of a session. */
export function operationOf(
  { operations }: TrainingHostState,
  session: Session,
): Operation | undefined {
  return operations.operations.find(({ id }) => id === session.operationId);
}

function listed(state: TrainingHostState): Listed {
  return state.sessions.map((session) => [
    session.id,
    operationOf(state, session)?.status ?? 'failed',
  ]);
}
