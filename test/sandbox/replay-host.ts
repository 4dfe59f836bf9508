import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import type { Wire } from '../../src/sandbox/service.ts';
import { trainingHost } from '../../src/sandbox/training-host/service.ts';
import { sessionOf } from '../../src/sandbox/training-host/work.ts';
import type { World as State } from '../../src/sandbox/world.ts';
import { bodyOf } from './compare.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { offsetOfPhase } from './phase.ts';
import type { RecordedPoll, Recording } from './recording.ts';
import { aMoment, long, member, smoke, World } from './world.ts';

/** What the recorder sent as `strategy_yaml`, as far as the sandbox reads it. */
const strategyYaml = 'name: test_e2e_local_pull\n';
const order = {
  strategy_yaml: strategyYaml,
  symbols: smoke.symbols,
  timeframes: smoke.timeframes,
  start_date: smoke.start_date,
  end_date: smoke.end_date,
};

/** Sends the requests of a recording of the training host, or of the backend in HOST mode. */
export function replayHost(recording: Recording): readonly Exchange[] {
  if (!recording.name.startsWith('host-train-')) return replayDirect(recording);
  switch (recording.name) {
    case 'host-train-cancel-5m-15s':
      return replayCancel(recording);
    case 'host-train-busy':
      return replayRefused(recording, 'host', long);
    case 'host-train-host-down':
      return replayRefused(recording, 'host-down');
    case 'host-train-metrics':
    case 'host-train-results':
      return [exchange('response', askAfter(recording))];
    default:
      return replayRun(recording);
  }
}

/** A process that has saved as many models of the smoke's kind. */
function modelsBefore(count: number): (state: State) => State {
  return (state) => ({
    ...state,
    trainingHost: {
      ...state.trainingHost,
      operations: {
        ...state.trainingHost.operations,
        modelVersions: { 'models/test_e2e_local_pull/1d': count },
      },
    },
  });
}

/** A request to the host itself, after one finished session where the recording is about one. */
function replayDirect(recording: Recording): readonly Exchange[] {
  const { method, path, body } = recording.request;
  const isStart = recording.name === 'host-direct-start';
  const world = new World(1, { training: 'host' }, modelsBefore(isStart ? 6 : 5));
  const ask = (sent: string, payload?: Json): Wire =>
    world.send(requestOf(method, sent, payload), trainingHost);
  if (isStart) {
    const exchanges = [exchange('response', ask(path, order))];
    return [...exchanges, ...hostPolls(world, recording.series ?? [])];
  }
  const recordedId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(path)?.[0];
  const isAboutOne = recordedId !== undefined || /operations$|sessions$/.test(path);
  if (!isAboutOne) return [exchange('response', ask(path, body ?? undefined))];
  world.send(requestOf('POST', '/training/start', order), trainingHost);
  world.pass(5000);
  const id = world.host.sessions[0]?.id ?? '';
  const operation = `/api/v1/operations/${world.host.sessions[0]?.operationId ?? ''}`;
  world.send(requestOf('GET', operation), trainingHost);
  return [exchange('response', ask(path.replace(recordedId ?? ' ', id)))];
}

/** The polls of a session on the host itself. */
function hostPolls(world: World, series: readonly RecordedPoll[]): readonly Exchange[] {
  const [session] = world.host.sessions;
  const operation = world.host.operations.operations[0];
  if (session === undefined || operation === undefined) throw new Error('no session');
  const startedAt = world.now;
  return series.map((poll, index) => {
    const offset = poll.status === 'running' ? offsetOfPhase(operation, poll.body.data) : 5000;
    world.pass(startedAt + (offset ?? 0) + aMoment - world.now);
    const target = `/api/v1/operations/${session.operationId}`;
    return exchange('series', world.send(requestOf('GET', target), trainingHost), index);
  });
}

/** A start and its polls through the backend. */
function replayRun(recording: Recording): readonly Exchange[] {
  const { request, series = [] } = recording;
  const world = new World(1, { training: 'host' });
  return [
    exchange('response', world.send(requestOf('POST', request.path, request.body))),
    ...series.map((poll, index) =>
      exchange('series', pollLike(request.body, poll, series[index - 1]).wire, index),
    ),
  ];
}

/** The answer to a poll, in a world that was polled as often before, at times that give the same metrics. */
function pollLike(
  payload: Json,
  poll: RecordedPoll,
  before: RecordedPoll | undefined,
): { readonly wire: Wire; readonly world: World; readonly id: string } {
  const world = new World(1, { training: 'host' });
  // Two sessions had ended on the host before the recorded ones of 5m.
  if (member(payload, 'timeframes')?.toString() === '5m') finishTwoSessions(world);
  const id = world.start(payload);
  const counts = refreshesOf(poll);
  if (counts.length === 0) return { wire: world.poll(id), world, id };
  world.pass(160);
  const operation = world.host.operations.operations.at(-1);
  const startedAt = operation?.startedAt ?? world.now;
  if (operation === undefined) throw new Error('no session');
  const { plan } = sessionOf(operation);
  let at = 0;
  counts.forEach((count, index) => {
    const isLast = index === counts.length - 1;
    const phase = isLast
      ? poll.status === 'completed'
        ? plan.endsAt + 1
        : offsetOfPhase(operation, poll.body.data)
      : count * plan.epochMs + (count === 0 ? 0 : plan.firstEpochAt);
    if (phase === undefined) throw new Error(`the sandbox has no phase ${poll.current_step}`);
    const soonest = index === 0 ? 20 : at + 1001;
    at = isLast ? Math.max(phase, phaseIsLong(poll) ? soonest : phase) : Math.max(phase, soonest);
    world.pass(startedAt + at + aMoment - world.now);
    if (!isLast || isRepeated(poll, before)) world.poll(id);
  });
  return { wire: world.poll(id), world, id };
}

function finishTwoSessions(world: World): void {
  for (let count = 0; count < 2; count += 1) {
    world.send(requestOf('POST', '/training/start', order), trainingHost);
    world.pass(5000);
  }
}

/** The number of finished epochs at each refresh that led to a poll's metrics. */
function refreshesOf(poll: RecordedPoll): readonly number[] {
  const epochs = poll.body.data.metrics?.epochs ?? [];
  return epochs.filter((each): each is number => typeof each === 'number');
}

/** Preparation: a refresh may come anywhere in its stage. */
function phaseIsLong(poll: RecordedPoll): boolean {
  return !(poll.current_step ?? '').startsWith('Epoch') && poll.status === 'running';
}

function isRepeated(poll: RecordedPoll, before: RecordedPoll | undefined): boolean {
  return before !== undefined && refreshesOf(before).length === refreshesOf(poll).length;
}

/** A start that the host does not take: busy with another one, or not there. */
function replayRefused(
  recording: Recording,
  training: string,
  busyWith?: Json,
): readonly Exchange[] {
  const world = new World(1, { training });
  if (busyWith !== undefined) {
    world.start(busyWith);
    world.pass(4400);
  }
  const { request, series = [] } = recording;
  const answer = world.send(requestOf('POST', request.path, request.body));
  const id = String(member(bodyOf(answer), 'task_id'));
  const exchanges = [exchange('response', answer)];
  for (const [index, poll] of series.entries()) {
    if (poll.status !== 'running') world.pass(500);
    exchanges.push(exchange('series', world.poll(id), index));
  }
  return exchanges;
}

/** A question about the smoke training of HOST mode after it was polled to its end. */
function askAfter({ request }: Recording): Wire {
  const world = new World(1, { training: 'host' });
  const id = world.start(smoke);
  world.pass(400);
  world.poll(id);
  world.pass(5000);
  world.poll(id);
  return world.send(
    requestOf(request.method, request.path.replace(/op_training_\d+_\d+_[0-9a-f]+/, id)),
  );
}

/** A start, polls, a cancel, and what both sides show of it. */
function replayCancel(recording: Recording): readonly Exchange[] {
  const { start, series = [] } = recording;
  if (start === undefined) throw new Error('no start');
  const payload = start.request.body;
  const running = series.filter((poll) => poll.status === 'running');
  const last = running.at(-1);
  if (last === undefined) throw new Error('no poll before the cancel');
  const begun = new World(1, { training: 'host' });
  const { world, id } = pollLike(payload, last, undefined);
  const list = (): Wire => world.send(requestOf('GET', '/api/v1/operations?limit=1'), trainingHost);
  const exchanges = [
    exchange('start', begun.send(requestOf('POST', start.request.path, payload))),
    ...running.map((poll, index) =>
      exchange('series', pollLike(payload, poll, running[index - 1]).wire, index),
    ),
    exchange('host_list_before', list()),
  ];
  const target = `/api/v1/operations/${id}`;
  exchanges.push(exchange('response', world.send(requestOf('DELETE', target))));
  for (const [index, poll] of series.entries()) {
    if (poll.status === 'running') continue;
    world.pass(200);
    exchanges.push(exchange('series', world.poll(id), index));
  }
  const hostId = world.host.operations.operations.at(-1)?.id ?? '';
  const record = requestOf('GET', `/api/v1/operations/${hostId}`);
  return [
    ...exchanges,
    exchange('second_delete', world.send(requestOf('DELETE', target))),
    exchange('host_list_after', list()),
    exchange('host_record_after', world.send(record, trainingHost)),
  ];
}
