import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import { comparePoll, compareResponse } from './compare.ts';
import type { Differences } from './compare.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { buildHistory, listMoment } from './history.ts';
import { isPushed, offsetOfPhase } from './phase.ts';
import type { RecordedPoll, Recording } from './recording.ts';
import { replayBacktest, replayWorker } from './replay-backtest.ts';
import { replayDownload, replayIb } from './replay-download.ts';
import { replayHost } from './replay-host.ts';
import { aMoment, long, member, smoke, World } from './world.ts';

/** Finds the recording that started an operation, by the operation's id. */
export type FindStart = (id: string) => Recording | undefined;

/** Everything in which the sandbox's answers differ from a recording. */
export function differences(recording: Recording, exchanges: readonly Exchange[]): Differences {
  return exchanges.flatMap(({ part, index, wire }) => {
    if (part === 'series' || part === 'second_series') {
      const poll = recording[part]?.[index];
      const at = `${part}[${index}]`;
      return poll === undefined ? [`${at} is missing`] : comparePoll(poll, wire, at);
    }
    const recorded = part === 'start' ? recording.start?.response : recording[part];
    return recorded === undefined
      ? [`${part} is missing`]
      : compareResponse(recorded, wire, part, recording.trimmed);
  });
}

/** Sends a recording's requests to the sandbox, each in the state and the phase it was recorded in. */
export function replay(recording: Recording, findStart: FindStart): readonly Exchange[] {
  if (/^((backtest|remote)-(?!.*worker-list)|worker-backtest-)/.test(recording.name))
    return replayBacktest(recording);
  if (/^(worker-|remote-)|backtest-worker/.test(recording.name)) return replayWorker(recording);
  if (/^host-|-training-host/.test(recording.name)) return replayHost(recording);
  if (recording.name.startsWith('download-')) return replayDownload(recording);
  if (/^ib(host)?-/.test(recording.name)) return replayIb(recording);
  if (recording.second_start !== undefined) return replayTwo(recording);
  if (recording.start !== undefined) return replayCancel(recording);
  if (recording.series !== undefined) return replayRun(recording);
  if (/^\/api\/v1\/operations(\?|$)/.test(recording.request.path)) return replayList(recording);
  return replayOne(recording, findStart);
}

/** Trainings that had saved a model of the same name before: recordings number them in `model_path`. */
const trainedBefore: Readonly<Record<string, number>> = {
  'train-smoke-1d-2024': 0,
  'train-smoke-1d-2024-run2': 1,
  'train-smoke-1d-2024-run3': 2,
  'train-smoke-1d-2024-run4': 3,
  'train-smoke-after-cancel': 4,
  'train-progress-5m': 0,
  'train-progress-5m-run2': 2,
  'train-neuro-1d-2024': 0,
};

/** A start and its polls. */
function replayRun(recording: Recording): readonly Exchange[] {
  const { name, series = [], request } = recording;
  const before = trainedBefore[name] ?? 0;
  const isCold = name === 'train-smoke-1d-2024';
  return [
    exchange('response', new World().send(requestOf('POST', request.path, request.body))),
    ...replayPolls('series', series, request.body, before, isCold),
  ];
}

/** Each poll in a world of its own, in the phase that was recorded, after the pull that came before it. */
function replayPolls(
  part: Exchange['part'],
  series: readonly RecordedPoll[],
  payload: Json,
  before: number,
  isCold = false,
): readonly Exchange[] {
  return series.map((poll, index) => {
    const world = worldAfter(payload, before, isCold);
    const id = world.start(payload);
    const pull = lastPull(series.slice(0, index));
    if (poll.status === 'running') {
      const offset = phaseOf(world, id, poll);
      if (isPushed(poll.body.data)) pullBefore(world, id, pull, offset);
      world.goTo(id, offset);
    } else {
      pullBefore(world, id, pull, Infinity);
      world.finish(id);
    }
    return exchange(part, world.poll(id), index);
  });
}

/** When the sandbox is in the phase that a poll shows; a recording it never reaches is an error. */
function phaseOf(world: World, id: string, poll: RecordedPoll): number {
  const offset = offsetOfPhase(world.operation(id), poll.body.data);
  if (offset === undefined)
    throw new Error(`the sandbox has no phase ${String(poll.current_step)}`);
  return offset;
}

/**
 * A process that has saved as many models of this kind; warm but for the very first smoke run, so
 * that phases lie as close together as they were recorded.
 */
function worldAfter(payload: Json, trainings: number, isCold: boolean): World {
  const world = new World();
  if (!isCold) {
    world.finish(world.start({ ...smoke, symbols: ['AAPL'], strategy_name: other(payload) }));
  }
  for (let count = 0; count < trainings; count += 1) world.finish(world.start(payload));
  return world;
}

/** A strategy of another name, whose models are numbered apart. */
function other(payload: Json): string {
  const name = member(payload, 'strategy_name');
  return name === 'neuro_mean_reversion' ? 'test_e2e_local_pull' : 'neuro_mean_reversion';
}

/** The last of the polls that pulled: a push right after it shows what it had seen of the metrics. */
function lastPull(polls: readonly RecordedPoll[]): RecordedPoll | undefined {
  return polls.findLast((poll) => poll.status === 'running' && !isPushed(poll.body.data));
}

/** Polls in the phase of a recorded pull, but less than a second before `offset`, so that it is fresh. */
function pullBefore(
  world: World,
  id: string,
  pull: RecordedPoll | undefined,
  offset: number,
): void {
  if (pull === undefined) return;
  const phase = phaseOf(world, id, pull);
  world.goTo(id, offset === Infinity ? phase : Math.max(phase, offset - 990));
  world.poll(id);
}

/** A start, polls, a cancel, and polls until the worker has noticed. */
function replayCancel(recording: Recording): readonly Exchange[] {
  const { start, series = [], request } = recording;
  if (start === undefined) throw new Error('no start');
  const payload = start.request.body;
  const running = series.filter((poll) => poll.status === 'running');
  const world = new World();
  const exchanges = [
    exchange('start', world.send(requestOf('POST', start.request.path, payload))),
    ...replayPolls('series', running, payload, 0),
  ];
  const id = world.state.operations[0]?.id ?? '';
  const cancelled = series[running.length];
  if (cancelled === undefined) throw new Error('no poll after the cancel');
  const offset = phaseOf(world, id, cancelled);
  if (isPushed(cancelled.body.data)) pullBefore(world, id, lastPull(running), offset);
  world.goTo(id, offset);
  const target = `/api/v1/operations/${id}`;
  const deletion = world.send(requestOf('DELETE', target, request.body ?? undefined));
  exchanges.push(exchange('response', deletion));
  exchanges.push(...replayEnd(world, id, series));
  if (recording.second_delete === undefined) return exchanges;
  return [...exchanges, exchange('second_delete', world.send(requestOf('DELETE', target)))];
}

/** The polls after a cancel: `cancelled`, then `failed` and nothing else. */
function replayEnd(world: World, id: string, series: readonly RecordedPoll[]): readonly Exchange[] {
  return series.flatMap((poll, index) => {
    if (poll.status === 'running') return [];
    world.pass(poll.status === 'cancelled' ? aMoment : 10_000);
    return [exchange('series', world.poll(id), index)];
  });
}

/** Two trainings at once; the first is cancelled after the second has completed. */
function replayTwo(recording: Recording): readonly Exchange[] {
  const { series = [], second_series: others = [], request } = recording;
  const world = new World();
  const started = world.send(requestOf('POST', request.path, request.body));
  const secondStarted = world.send(requestOf('POST', request.path, smoke));
  const first = world.state.operations[0]?.id ?? '';
  const running = series.filter((poll) => poll.status === 'running');
  const last = running.at(-1);
  if (last === undefined) throw new Error('no poll before the cancel');
  const exchanges = [
    exchange('response', started),
    exchange('second_start', secondStarted),
    ...replayPolls('second_series', others, smoke, secondTrainedBefore),
    ...replayPolls('series', running, request.body, 0),
  ];
  world.goTo(first, phaseOf(world, first, last));
  world.poll(first);
  const deletion = world.send(requestOf('DELETE', `/api/v1/operations/${first}`));
  return [...exchanges, exchange('delete_first', deletion), ...replayEnd(world, first, series)];
}

/** 1d trainings before the second one of recording train-two-at-once (seed commands among them). */
const secondTrainedBefore = 9;

/** A list, after the history that the recorder had made by then. */
function replayList(recording: Recording): readonly Exchange[] {
  const world = buildHistory(listMoment(recording.name));
  const { method, path } = recording.request;
  return [exchange('response', world.send(requestOf(method, path)))];
}

/** One request, after what its operation id presupposes. */
function replayOne(recording: Recording, findStart: FindStart): readonly Exchange[] {
  const { method, path, body } = recording.request;
  const recordedId = /op_training_\d{8}_\d{6}_[0-9a-f]{8}/.exec(path)?.[0];
  const isUnknown = recordedId === undefined || recording.name.includes('unknown');
  const made = isUnknown ? undefined : makeOperation(recording, recordedId, findStart);
  const world = made?.world ?? new World();
  const target = made === undefined ? path : path.replace(recordedId ?? '', made.id);
  const type = /^Content-Type (\S+)$/.exec(recording.note)?.[1];
  return [exchange('response', world.send(requestOf(method, target, body ?? undefined, type)))];
}

/** An operation in the state in which the recorder found it. */
function makeOperation(
  recording: Recording,
  recordedId: string,
  findStart: FindStart,
): { readonly world: World; readonly id: string } {
  const world = new World();
  const origin = findStart(recordedId);
  const payload = origin?.start?.request.body ?? origin?.request.body ?? long;
  const id = world.start(payload);
  if (recording.name.includes('running')) {
    world.goTo(id, 4000);
  } else if (origin !== undefined && origin.start === undefined) {
    world.finish(id);
  } else {
    world.goTo(id, 4000);
    world.poll(id);
    world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    world.pass(10_000);
  }
  return { world, id };
}
