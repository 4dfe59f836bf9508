import { backend } from '../../src/sandbox/backend/service.ts';
import type { BackendState, Operation } from '../../src/sandbox/backend/state.ts';
import { requestOf } from '../../src/sandbox/http.ts';
import type { Json, SandboxRequest } from '../../src/sandbox/http.ts';
import type { Wire } from '../../src/sandbox/service.ts';
import { bodyOf } from './compare.ts';

/** A little later than an offset: clocks in milliseconds since 1970 are exact to 0.0003 ms only. */
export const aMoment = 0.01;

/** The backend in simulated time: nothing waits, everything is at an exact time. */
export class World {
  state: BackendState;
  now = Date.UTC(2026, 10, 22, 12, 58, 40);
  readonly log: string[] = [];
  private serial = 0;

  constructor(speed = 1) {
    this.state = backend.start(speed);
  }

  /** Sends a request at the present simulated time. */
  send(request: SandboxRequest): Wire {
    this.serial += 1;
    const hex = this.serial.toString(16).padStart(8, '0');
    const handled = backend.handle(this.state, request, { now: this.now, hex });
    this.state = handled.state;
    this.log.push(...handled.logLines);
    return backend.wire(handled.response);
  }

  /** Lets milliseconds of wall clock pass. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    const ticked = backend.tick(this.state, this.now);
    this.state = ticked.state;
    this.log.push(...ticked.logLines);
  }

  /** Starts a training and gives its operation id. */
  start(body: Json): string {
    const id = member(
      bodyOf(this.send(requestOf('POST', '/api/v1/trainings/start', body))),
      'task_id',
    );
    if (typeof id !== 'string') throw new Error('the training did not start');
    return id;
  }

  /** Polls an operation. */
  poll(id: string): Wire {
    return this.send(requestOf('GET', `/api/v1/operations/${id}`));
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
    const { plan } = this.operation(id);
    this.goTo(id, (plan?.endsAt ?? 0) + 1);
  }

  operation(id: string): Operation {
    const operation = this.state.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error(`no operation ${id}`);
    return operation;
  }
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
