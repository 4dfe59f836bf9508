import { backend } from '../../src/sandbox/backend/service.ts';
import type { BackendState, Operation } from '../../src/sandbox/backend/state.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json, SandboxRequest } from '../../src/sandbox/http.ts';
import type { TrainingWork } from '../../src/sandbox/training/work.ts';
import type { Logs } from '../../src/sandbox/logs.ts';
import { modesOf } from '../../src/sandbox/modes.ts';
import type { Service, Wire } from '../../src/sandbox/service.ts';
import { tickWorld } from '../../src/sandbox/tick.ts';
import type { Version } from '../../src/sandbox/version.ts';
import { era } from '../../src/sandbox/versions/era.ts';
import { newWorld } from '../../src/sandbox/world.ts';
import type { World as State } from '../../src/sandbox/world.ts';
import { bodyOf } from './compare.ts';

/** A little later than an offset: clocks in milliseconds since 1970 are exact to 0.0003 ms only. */
export const aMoment = 0.01;

/** The whole system in simulated time: nothing waits, everything is at an exact time. */
export class World {
  now = Date.UTC(2026, 10, 22, 12, 58, 40);
  private whole: State;
  private readonly logs: Record<string, string[]> = {};
  private serial = 0;

  constructor(
    speed = 1,
    modes: { readonly [kind: string]: string } = {},
    prepare: (state: State) => State = (state) => state,
    version: Version = era,
  ) {
    this.whole = prepare(newWorld(speed, modesOf(modes), version));
  }

  /** The backend's state. */
  get state(): BackendState {
    return this.whole.backend;
  }

  /** The operations of the backtest worker. */
  get workerState(): BackendState {
    return this.whole.backtestWorker;
  }

  /** The training host's state. */
  get host(): State['trainingHost'] {
    return this.whole.trainingHost;
  }

  /** The backend's log. */
  get log(): readonly string[] {
    return this.logOf('backend');
  }

  /** The log of a service. */
  logOf(service: string): readonly string[] {
    return this.logs[service] ?? [];
  }

  /** Sends a request to a service at the present simulated time. */
  send(request: SandboxRequest, service: Service = backend): Wire {
    this.serial += 1;
    const hex = this.serial.toString(16).padStart(8, '0');
    const handled = service.handle(this.whole, request, { now: this.now, hex });
    this.keep(handled);
    return service.wire(handled.response);
  }

  /** Lets milliseconds of wall clock pass. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    this.keep(tickWorld(this.whole, this.now));
  }

  private keep(step: { readonly world: State; readonly logs: Logs }): void {
    this.whole = step.world;
    for (const [name, lines] of Object.entries(step.logs)) (this.logs[name] ??= []).push(...lines);
  }

  /** Starts a training and gives its operation id. */
  start(body: Json): string {
    return this.begin('/api/v1/trainings/start', body, 'task_id');
  }

  /** Starts a backtest and gives its operation id. */
  startBacktest(body: Json): string {
    return this.begin('/api/v1/backtests/start', body, 'operation_id');
  }

  private begin(path: string, body: Json, key: string): string {
    const id = member(bodyOf(this.send(requestOf('POST', path, body))), key);
    if (typeof id !== 'string') throw new Error(`${path} started nothing`);
    return id;
  }

  /** Polls an operation. */
  poll(id: string): Wire {
    return this.look(id, backend);
  }

  /** Polls an operation of another service. */
  look(id: string, service: Service): Wire {
    return this.send(requestOf('GET', `/api/v1/operations/${id}`), service);
  }

  /** The polled record. */
  record(id: string): { readonly [key: string]: Json } {
    const data = member(bodyOf(this.poll(id)), 'data');
    if (!isMembers(data)) throw new Error(`no record of ${id}`);
    return data;
  }

  /** Moves to an offset from an operation's start, in milliseconds of KTRDR's own time. */
  goTo(id: string, offset: number): void {
    const { startedAt } = this.operation(id);
    this.pass((startedAt ?? this.now) + offset / this.state.speed + aMoment - this.now);
  }

  /** Lets an operation end, whatever it does. */
  finish(id: string): void {
    this.goTo(id, this.operation(id).work.endsAt + 1);
  }

  operation(id: string): Operation {
    const operation = this.state.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error(`no operation ${id}`);
    return operation;
  }
}

/** The training that an operation is. */
export function trainingOf({ work }: Operation): TrainingWork {
  if (work.type !== 'training') throw new Error('not a training');
  return work as TrainingWork;
}

/** A member of a JSON object; null where there is none. */
export function member(value: Json, name: string): Json {
  return isMembers(value) ? (value[name] ?? null) : null;
}

function isMembers(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The smoke payload: 258 samples (recording train-smoke-1d-2024). */
export const smoke = {
  symbols: ['EURUSD'],
  timeframes: ['1d'],
  strategy_name: 'test_e2e_local_pull',
  start_date: '2024-01-01',
  end_date: '2024-12-31',
};

/** The progress payload: 147,489 samples (recording train-progress-5m). */
export const long = {
  ...smoke,
  timeframes: ['5m'],
  start_date: '2023-01-01',
  end_date: '2025-01-01',
};

/** A year of daily bars: 258 (recording backtest-good-258bars-fast-poll). */
export const year = {
  strategy_name: 'neuro_mean_reversion',
  symbol: 'EURUSD',
  timeframe: '1d',
  start_date: '2024-01-01',
  end_date: '2024-12-31',
};

/** Fewer bars than the warm-up: 22 (recording backtest-22bars-rsi-strategy). */
export const monthOfRsi = {
  ...year,
  strategy_name: 'test_e2e_local_pull',
  end_date: '2024-01-31',
};

/** 502 bars (recording backtest-good-520bars). */
export const twoYears = { ...year, start_date: '2022-01-01', end_date: '2023-12-31' };

/** 12,221 bars, and no model of this timeframe (recording backtest-cancel-5m). */
export const twoMonths = { ...year, timeframe: '5m', end_date: '2024-03-01' };
