import { era } from '../../src/sandbox/versions/era.ts';
import { beginsAt, judged, planBacktest } from '../../src/sandbox/backtest/plan.ts';
import type { Plan } from '../../src/sandbox/backtest/plan.ts';
import { checkBacktest } from '../../src/sandbox/backtest/request.ts';
import { backend } from '../../src/sandbox/backend/service.ts';
import { backtestWorker } from '../../src/sandbox/backtest-worker/service.ts';
import { initialCache } from '../../src/sandbox/data/cache.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json } from '../../src/sandbox/http.ts';
import type { Service, Wire } from '../../src/sandbox/service.ts';
import type { RecordedPoll, Recording } from './recording.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { aMoment, twoYears, World } from './world.ts';

/** Sends the requests of a backtest's recording, each in the phase that was recorded. */
export function replayBacktest(recording: Recording): readonly Exchange[] {
  const run = runOf(recording);
  const { world, begun } = start(run);
  const exchanges = [exchange(recording.start === undefined ? 'response' : 'start', begun)];
  const series = recording.series ?? [];
  const running = series.filter((poll) => poll.status === 'running');
  exchanges.push(...running.map((poll, index) => exchange('series', pollAt(run, poll), index)));
  const last = running.at(-1);
  if (last !== undefined) look(run, world, offsetOf(run, last));
  if (recording.start === undefined) {
    goTo(world, run.delay + (run.plan?.endsAt ?? 0) + 1);
  } else {
    const cancelled = series[running.length];
    if (cancelled !== undefined) goTo(world, offsetOf(run, cancelled));
    exchanges.push(exchange('response', stop(world)));
  }
  series.forEach((poll, index) => {
    if (poll.status === 'running') return;
    world.pass(200);
    exchanges.push(exchange('series', world.look(idOf(world), run.service), index));
  });
  if (recording.second_delete !== undefined) {
    exchanges.push(exchange('second_delete', stop(world)));
  }
  if (recording.worker_list_after !== undefined) {
    const wire = world.send(requestOf('GET', '/api/v1/operations?limit=1'), backtestWorker);
    exchanges.push(exchange('worker_list_after', wire));
  }
  return exchanges;
}

/** One request to the worker, after what the recorder had done there by then. */
export function replayWorker({ name, request }: Recording): readonly Exchange[] {
  const world = new World(1, { backtest: 'remote' });
  const own = world.send(requestOf('POST', '/backtests/start', twoYears), backtestWorker);
  const id = String(/op_backtesting_[0-9a-f_]+/.exec(own.text)?.[0]);
  world.pass(3000);
  if (name === 'remote-backtest-worker-list') {
    begin(world, { ...twoYears, strategy_name: 'nope' });
    world.pass(100);
    world.startBacktest(twoYears);
    world.pass(5000);
  }
  const path = request.path.replace(/op_backtesting_[0-9a-f_]+/, id);
  const sent = requestOf(request.method, path, request.body ?? undefined);
  return [exchange('response', world.send({ ...sent, host: '127.0.0.1:5003' }, backtestWorker))];
}

/** What a recording was taken of: the request, where it went, and the way of the sandbox to it. */
interface Run {
  readonly request: Recording['request'];
  readonly service: Service;
  readonly mode: string;
  /** Milliseconds until the worker has answered the backend. */
  readonly delay: number;
  readonly plan: Plan | undefined;
  /** Operations that the worker has had before. */
  readonly before: number;
}

function runOf(recording: Recording): Run {
  const request = recording.start?.request ?? recording.request;
  const members = (request.body ?? {}) as { readonly [key: string]: Json };
  const { order, problems } = checkBacktest(members, era);
  const isRemote = recording.name.startsWith('remote-');
  return {
    request,
    service: recording.name.startsWith('worker-') ? backtestWorker : backend,
    mode: !isRemote ? 'local' : recording.name.endsWith('-down') ? 'remote-down' : 'remote',
    delay: isRemote ? 34 + aMoment : 0,
    plan: problems.length > 0 ? undefined : planBacktest(order, initialCache, []),
    before: recording.worker_list_after === undefined ? 0 : 5,
  };
}

function start(run: Run): { readonly world: World; readonly begun: Wire } {
  const world = new World(1, { backtest: run.mode });
  for (let count = 0; count < run.before; count += 1) begin(world, twoYears);
  world.pass(5000);
  const { path, body } = run.request;
  return { world, begun: world.send(requestOf('POST', path, body), run.service) };
}

function begin(world: World, body: Json): void {
  world.send(requestOf('POST', '/backtests/start', body), backtestWorker);
}

function pollAt(run: Run, poll: RecordedPoll): Wire {
  const { world } = start(run);
  return look(run, world, offsetOf(run, poll));
}

function look(run: Run, world: World, offset: number): Wire {
  goTo(world, offset);
  return world.look(idOf(world), run.service);
}

function stop(world: World): Wire {
  return world.send(requestOf('DELETE', `/api/v1/operations/${idOf(world)}`));
}

/** The operation of the recording: the newest of the service that keeps its record. */
function idOf(world: World): string {
  return newest(world)?.id ?? '';
}

function goTo(world: World, offset: number): void {
  const since = newest(world)?.startedAt ?? world.now;
  world.pass(Math.max(0, since + offset + aMoment - world.now));
}

function newest(world: World) {
  return world.state.operations.at(-1) ?? world.workerState.operations.at(-1);
}

/**
 * When the sandbox announces what a poll shows: before the worker has answered, before the first bar, or
 * at the bar of its percentage.
 */
function offsetOf({ plan, delay }: Run, poll: RecordedPoll): number {
  const text = poll.current_step ?? '';
  if (text === '') return delay + 5;
  if (!text.startsWith('Backtesting ') || plan === undefined) return 5;
  const bar = Math.round((poll.percentage / 100) * judged(plan.bars));
  return delay + beginsAt(plan, bar);
}
