import type { Cache } from '../../src/sandbox/data/cache.ts';
import { initialCache } from '../../src/sandbox/data/cache.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import { ibHost } from '../../src/sandbox/ib-host/service.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { RecordedPoll, Recording } from './recording.ts';
import { World } from './world.ts';

/** The bars of EURUSD 1h that the recorder's second backend held at the time. */
const hours: Readonly<Record<string, readonly [string, string]>> = {
  'download-tail-nothing-to-do-stubbed-ib': ['2024-01-01', '2024-12-31'],
  'download-tail-no-dates-stubbed-ib': ['2005-03-14', '2025-07-31T23:00:00Z'],
};
const before2024 = ['2005-03-14', '2023-12-31T23:00:00Z'] as const;

function cacheOf(name: string): Cache {
  const [first, last] = hours[name] ?? before2024;
  const span = { first: Date.parse(first), last: Date.parse(last) };
  return { ...initialCache, EURUSD_1h: span };
}

function worldOf({ name, series = [] }: Recording): World {
  const ib = name.includes('gateway-down')
    ? 'gateway-down'
    : name.includes('stubbed')
      ? 'up'
      : 'host-down';
  const world = new World(1, { ib }, (whole) => ({
    ...whole,
    backend: { ...whole.backend, cache: cacheOf(name) },
  }));
  const created = series[0]?.body.data.created_at;
  if (created !== undefined) world.now = Date.parse(created);
  return world;
}

/** A download, its polls, and its cancel where there was one. */
export function replayDownload(recording: Recording): readonly Exchange[] {
  const { request, series = [], start } = recording;
  const world = worldOf(recording);
  const asked = start?.request ?? request;
  const started = exchange(
    start === undefined ? 'response' : 'start',
    world.send(requestOf(asked.method, asked.path, asked.body ?? undefined)),
  );
  const id = world.state.operations[0]?.id;
  if (id === undefined) return [started];
  const exchanges = [started];
  series.forEach((poll, index) => {
    if (poll.status === 'cancelled' && world.operation(id).status === 'running') {
      goToPhase(world, id, poll);
      exchanges.push(
        exchange('response', world.send(requestOf('DELETE', `/api/v1/operations/${id}`))),
      );
    }
    if (poll.status === 'running') goToPhase(world, id, poll);
    else if (poll.status !== 'cancelled') world.finish(id);
    exchanges.push(exchange('series', world.poll(id), index));
  });
  if (recording.second_delete === undefined) return exchanges;
  world.pass(10_000);
  const again = world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  return [...exchanges, exchange('second_delete', again)];
}

/** When the sandbox shows what a poll showed: a text, and how many bars. */
function goToPhase(
  world: World,
  id: string,
  { current_step: text, items_processed: items }: RecordedPoll,
): void {
  const { work } = world.operation(id);
  for (let offset = 0; offset <= work.endsAt; offset += 0.5) {
    const { at, pulled } = work.announce(offset, { startedAt: 0, speed: 1 });
    if (pulled.current_step === text && pulled.items_processed === items) {
      world.goTo(id, at);
      return;
    }
    if (at > offset) offset = at;
  }
  throw new Error(`the sandbox never shows ${String(text)}`);
}

/** A request to the IB host, and those to the backend about it. */
export function replayIb(recording: Recording): readonly Exchange[] {
  const { method, path, body } = recording.request;
  const isHost = recording.name.startsWith('ibhost-');
  const world = new World(1, { ib: isHost ? 'gateway-down' : 'host-down' });
  const request = requestOf(method, path, body ?? undefined);
  return [exchange('response', isHost ? world.send(request, ibHost) : world.send(request))];
}
