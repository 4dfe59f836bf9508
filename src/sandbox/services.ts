import { backend } from './backend/service.ts';
import { backtestWorker } from './backtest-worker/service.ts';
import { ibHost } from './ib-host/service.ts';
import type { Service } from './service.ts';
import { trainingHost } from './training-host/service.ts';

/** All services that are served so far; the next one is another line. */
export const services: readonly Service[] = [backend, trainingHost, ibHost, backtestWorker];
