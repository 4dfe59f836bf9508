import { backend } from './backend/service.ts';
import { backtestWorker } from './backtest-worker/service.ts';
import { backtesting, training } from './head/kinds.ts';
import { unrecorded } from './head/marked.ts';
import { workerDoor } from './head/worker.ts';
import { ibHost } from './ib-host/service.ts';
import type { Service } from './service.ts';
import { trainingHost } from './training-host/service.ts';
import type { Version } from './version.ts';

/** All services of each version; the next one is another line. */
export const services: { readonly [version in Version['name']]: readonly Service[] } = {
  era: [backend, trainingHost, ibHost, backtestWorker],
  head: [marked(backend), workerDoor(training), marked(ibHost), workerDoor(backtesting)],
};

/** A service of ERA's, in a world of HEAD. */
function marked(service: Service): Service {
  return {
    ...service,
    wire: (response) => {
      const wire = service.wire(response);
      return { ...wire, headers: { ...wire.headers, ...unrecorded } };
    },
  };
}
