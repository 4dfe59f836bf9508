import { handOver } from './backend/remote.ts';
import { settle } from './backend/settle.ts';
import { joinLogs } from './logs.ts';
import type { Step } from './service.ts';
import type { World } from './world.ts';

/** What happens by itself as time passes, in every service; a further service is a further line. */
export function tickWorld(world: World, now: number): Step {
  const handed = handOver(world, now);
  const backend = settle(handed.world.backend, now);
  const host = settle(handed.world.trainingHost.operations, now);
  const worker = settle(handed.world.backtestWorker, now);
  return {
    world: {
      ...handed.world,
      backend: backend.state,
      backtestWorker: worker.state,
      trainingHost: { ...handed.world.trainingHost, operations: host.state },
    },
    logs: joinLogs(handed.logs, {
      backend: backend.entries.map((each) => each.line),
      'training-host': host.entries.map((each) => each.line),
      'backtest-worker': worker.entries.map((each) => each.line),
    }),
  };
}
