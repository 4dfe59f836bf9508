import type { BacktestWork } from '../../src/sandbox/backtest/work.ts';
import { beginsAt, judged } from '../../src/sandbox/backtest/plan.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { RecordedPoll, Recording } from './recording.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { World } from './world.ts';

/** Sends the requests of a backtest's recording, each in the phase that was recorded. */
export function replayBacktest(recording: Recording): readonly Exchange[] {
  const start = recording.start?.request ?? recording.request;
  const world = new World();
  const begun = world.send(requestOf('POST', start.path, start.body));
  const exchanges = [exchange(recording.start === undefined ? 'response' : 'start', begun)];
  const series = recording.series ?? [];
  const running = series.filter((poll) => poll.status === 'running');
  exchanges.push(...running.map((poll, index) => exchange('series', pollAt(start, poll), index)));
  const last = running.at(-1);
  const id = world.state.operations[0]?.id;
  if (id === undefined || series.length === 0) return exchanges;
  if (last !== undefined) {
    world.goTo(id, offsetOf(world, id, last));
    world.poll(id);
  }
  if (recording.start === undefined) {
    world.finish(id);
  } else {
    const cancelled = series[running.length];
    if (cancelled !== undefined) world.goTo(id, offsetOf(world, id, cancelled));
    const target = `/api/v1/operations/${id}`;
    exchanges.push(exchange('response', world.send(requestOf('DELETE', target))));
  }
  series.forEach((poll, index) => {
    if (poll.status === 'running') return;
    world.pass(200);
    exchanges.push(exchange('series', world.poll(id), index));
  });
  if (recording.second_delete !== undefined) {
    const again = world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
    exchanges.push(exchange('second_delete', again));
  }
  return exchanges;
}

function pollAt(start: Recording['request'], poll: RecordedPoll): Exchange['wire'] {
  const world = new World();
  world.send(requestOf('POST', start.path, start.body));
  const id = world.state.operations[0]?.id ?? '';
  world.goTo(id, offsetOf(world, id, poll));
  return world.poll(id);
}

/** When the sandbox announces what a poll shows: before the first bar, or at the bar of its percentage. */
function offsetOf(world: World, id: string, poll: RecordedPoll): number {
  const { plan } = backtestOf(world, id);
  if (!(poll.current_step ?? '').startsWith('Backtesting ')) return 5;
  const bar = Math.round((poll.percentage / 100) * judged(plan.bars));
  return beginsAt(plan, bar);
}

function backtestOf(world: World, id: string): BacktestWork {
  const { work } = world.operation(id);
  if (work.type !== 'backtesting') throw new Error('not a backtest');
  return work as BacktestWork;
}
