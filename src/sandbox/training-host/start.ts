import { readBody } from '../backend/problems.ts';
import { detail, ok } from '../http.ts';
import type { Json, Moment, SandboxRequest, SandboxResponse } from '../http.ts';
import { notServed } from '../not-served.ts';
import { readOrder } from '../training/order.ts';
import { trainable } from '../training/strategies.ts';
import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import { busyText, startSession } from './sessions.ts';
import { sessionIdOf } from './state.ts';
import type { Members } from '../json.ts';

/** `POST /training/start` (recordings host-direct-start, host-training-start-invalid). */
export function startTraining(world: World, request: SandboxRequest, moment: Moment): Answer {
  const body = readBody(request);
  if (body.kind === 'absent') return { response: invalid('missing', ['body'], required, null) };
  if (body.kind !== 'members') return { response: unrecorded('a body that is no object') };
  const { members } = body;
  const yaml = members['strategy_yaml'];
  if (yaml === undefined) {
    return { response: invalid('missing', ['body', 'strategy_yaml'], required, members) };
  }
  if (typeof yaml !== 'string') {
    const text = 'Input should be a valid string';
    return { response: invalid('string_type', ['body', 'strategy_yaml'], text, yaml) };
  }
  return startWith(world, yaml, members, moment);
}

const required = 'Field required';

/** FastAPI's own 422: the hosts have no handler of their own (guide ktrdr-api section 6.5). */
function invalid(type: string, loc: readonly Json[], msg: string, input: Json): SandboxResponse {
  return { status: 422, headers: {}, body: { detail: [{ type, loc, msg, input }] } };
}

function unrecorded(what: string): SandboxResponse {
  return notServed(
    `what the training host answers to ${what} was not recorded`,
    'send strategy_yaml, one symbol, one timeframe and two dates',
  );
}

function startWith(
  { trainingHost: state, backend }: World,
  yaml: string,
  members: Members,
  moment: Moment,
): Answer {
  const name = /^name:\s*["']?([A-Za-z0-9_-]+)/m.exec(yaml)?.[1];
  const strategy = trainable.find((each) => each.name === name);
  if (strategy === undefined) {
    return { response: unrecorded(`the strategy ${name ?? 'without a name'}`) };
  }
  const symbols = textsOf(members['symbols']);
  const timeframes = textsOf(members['timeframes']);
  if (symbols?.length !== 1 || timeframes?.length !== 1) {
    return { response: unrecorded('other than one symbol and one timeframe') };
  }
  const order = readOrder({
    symbols,
    timeframes,
    strategy,
    startText: textOf(members['start_date']),
    endText: textOf(members['end_date']),
    analytics: false,
  });
  if ('error' in order) return { response: unrecorded('a date that is none') };
  const id = textOf(members['session_id']) ?? sessionIdOf(moment.hex);
  const asked = startSession(state, id, order, backend.cache, moment.now);
  const entries = asked.entries;
  switch (asked.refusal) {
    case 'busy':
      return { response: detail(503, busyText), state: asked.state, entries };
    case 'taken':
      return { response: unrecorded('a session id that is taken'), state: asked.state, entries };
    default:
      return { response: startedResponse(id), state: asked.state, entries };
  }
}

/** No GPU was there when it was recorded; with one, `gpu_allocated` is true (documented run of scenario 2.2). */
function startedResponse(id: string): SandboxResponse {
  return ok({
    session_id: id,
    status: 'started',
    message: `Training session ${id} started successfully`,
    gpu_allocated: false,
    estimated_duration_minutes: null,
  });
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === 'string');
}
