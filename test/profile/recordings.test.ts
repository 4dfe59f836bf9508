import { describe, expect, test } from 'vitest';
import { estimate } from '../../src/profile/estimate.ts';
import type { Endpoint, Expectation, Operation } from '../../src/profile/schema.ts';
import type { Json } from '../../src/scenario/comparators.ts';
import { at, holds } from './holds.ts';
import { ktrdr } from './ktrdr.ts';
import { readRecordings, recordingSets, type Look, type Recording } from './recorded.ts';

describe.each(recordingSets)('$title', ({ folders, there, all }) => {
  const recordings = readRecordings(folders);
  const followed = recordings.flatMap(following);

  describe.skipIf(!there)('operations', () => {
    test('there are recordings to look at', () => {
      expect(followed.length).toBeGreaterThanOrEqual(all ? 40 : 1);
      expect(cancelled(followed).length).toBeGreaterThanOrEqual(all ? 6 : 1);
    });

    test.each(followed)(
      '$name: the id is found and has its form',
      ({ operation, start, looks }) => {
        const id = at(operation.id.path, start);
        expect(id).toMatch(new RegExp(operation.id.matches));
        const path = operation.state.path.replace(/status$/, 'operation_id');
        // A session's operation has a name of its own, made from the id.
        const form = ktrdr.endpoints[operation.get]?.path.split('/').at(-1) ?? '';
        const shown = form.replace('{id}', String(id));
        for (const { body } of looks) expect(at(path, body)).toBe(shown);
      },
    );

    test.each(followed)('$name: the start is accepted', ({ endpoint, start }) => {
      expect(broken(endpoint.accepted.expect, start)).toEqual([]);
    });

    test.each(followed)('$name: every state is known', ({ operation: { state }, looks }) => {
      const known = [state.waiting, state.running, state.completed, state.failed, state.cancelled];
      for (const { body } of looks) expect(known.flat()).toContain(at(state.path, body));
    });

    test.each(followed)('$name: nothing follows completed', ({ operation: { state }, looks }) => {
      const states = looks.map(({ body }) => String(at(state.path, body)));
      const end = states.findIndex((one) => state.completed.includes(one));
      const after = end === -1 ? [] : states.slice(end);
      expect(after.filter((one) => !state.completed.includes(one))).toEqual([]);
    });

    test.each(followed)(
      '$name: progress is a number and falls only as declared',
      ({ operation, looks }) => {
        const { path, full, restart } = operation.progress;
        const series = looks.map(({ body }) => at(path, body));
        expect(
          series.filter((value) => typeof value !== 'number' || value < 0 || value > full),
        ).toEqual([]);
        const falls = fallsOf(series as number[]);
        expect(falls.length).toBeLessThanOrEqual(restart ? 1 : 0);
        for (const from of falls) expect(from).toBeLessThanOrEqual(restart?.from ?? -1);
      },
    );

    test.each(followed.filter(completed))('$name: progress ends full', ({ operation, looks }) => {
      expect(at(operation.progress.path, looks.at(-1)?.body)).toBe(operation.progress.full);
    });

    test.each(followed.filter(modeKnown))('$name: runs in exactly one mode', (one) => {
      // Modes that no reply tells apart count as one: how far a host can be reached is seen in preflight.
      const values = ktrdr.modes[one.operation.mode ?? '']?.values ?? {};
      const told = modesOf(one).map((value) => JSON.stringify(values[value]?.expect));
      expect(new Set(told).size).toBe(1);
    });
  });

  describe.skipIf(!there)('cancel', () => {
    const cancels = cancelled(followed);

    test.each(cancels)('$name: acknowledged', ({ operation, ack }) => {
      expect(ack?.status).toBe(operation.cancellation.acknowledged.status);
      expect(broken(operation.cancellation.acknowledged.expect, ack?.body)).toEqual([]);
    });

    test.each(cancels)(
      '$name: what follows is allowed, and goes on to the end',
      ({ operation, looks }) => {
        const after = looks.slice(looks.findIndex((look) => allowed(operation, look)));
        expect(after.length).toBeGreaterThan(1);
        expect(after.filter((look) => !allowed(operation, look))).toEqual([]);
      },
    );

    test.each(cancels)(
      '$name: the last change comes within the settle time',
      ({ operation, looks }) => {
        const after = looks.slice(looks.findIndex((look) => allowed(operation, look)));
        const last = at(operation.state.path, after.at(-1)?.body);
        const changed = after.find(({ body }) => at(operation.state.path, body) === last);
        expect((changed?.t ?? 0) - (after[0]?.t ?? 0)).toBeLessThan(operation.cancellation.settle);
      },
    );

    test.each(cancels)('$name: progress stands still', ({ operation, looks }) => {
      const after = looks.slice(looks.findIndex((look) => allowed(operation, look)));
      expect(new Set(after.map(({ body }) => at(operation.progress.path, body))).size).toBe(1);
    });
  });

  describe.skipIf(!there)('evidence of work', () => {
    /** Completed, and yet without work: what evidence is for. */
    const empty: { readonly [name: string]: string } = {
      'backtest-22bars-rsi-strategy': 'bars-traded',
      'download-tail-no-dates-stubbed-ib': 'rows-downloaded, not-from-cache',
      'download-tail-nothing-to-do-stubbed-ib': 'rows-downloaded, not-from-cache',
      'download-backfill-1d-stubbed-ib': 'rows-downloaded, not-from-cache',
    };
    test.each(followed.filter(completed))('$name', (one) => {
      const missing = one.operation.evidence
        .filter(({ mode }) => mode === undefined || modesOf(one).includes(mode))
        .filter((item) => !evident(one, item));
      const expected = missing.filter(({ id }) => !isKnownDefect(id));
      expect(expected.map(({ id }) => id).join(', ')).toBe(empty[one.name] ?? '');
    });
  });
});

interface Followed {
  readonly name: string;
  readonly operation: Operation;
  readonly endpoint: Endpoint;
  readonly payload: Json;
  readonly start: Json;
  readonly looks: readonly Look[];
  readonly ack?: { readonly status: number | null; readonly body: Json };
}

/** A recording that starts an operation of the profile and follows it. */
function following(recording: Recording): Followed[] {
  const { name, series, start, delete_first: first } = recording;
  const { request, response } = start ?? recording;
  const endpoint = Object.values(ktrdr.endpoints).find(
    (one) => one.starts && one.method === request.method && one.path === request.path,
  );
  const operation = ktrdr.operations[endpoint?.starts ?? ''];
  if (!endpoint || !operation || !series || !recording.service.startsWith(endpoint.service))
    return [];
  const ack = first ?? (recording.request.method === 'DELETE' ? recording.response : undefined);
  const common = { name, operation, endpoint, payload: request.body, start: response.body };
  return [{ ...common, looks: series, ...(ack ? { ack } : {}) }];
}

function cancelled(followed: readonly Followed[]): Followed[] {
  return followed.filter(({ ack }) => ack !== undefined);
}

function completed({ operation: { state }, looks }: Followed): boolean {
  return state.completed.includes(String(at(state.path, looks.at(-1)?.body)));
}

/** Whether the replies tell the mode; where a variable does, no recording can. */
function modeKnown({ operation }: Followed): boolean {
  return operation.mode !== undefined && ktrdr.modes[operation.mode]?.variable === undefined;
}

function modesOf({ operation, looks }: Followed): string[] {
  const values = ktrdr.modes[operation.mode ?? '']?.values ?? {};
  return Object.entries(values).flatMap(([name, value]) =>
    broken(value.expect, looks.at(-1)?.body).length === 0 ? [name] : [],
  );
}

function allowed(operation: Operation, { body }: Look): boolean {
  return operation.cancellation.allowed.some(
    (alternative) => broken(alternative, body).length === 0,
  );
}

function evident(
  { operation, endpoint, payload, looks }: Followed,
  item: Operation['evidence'][number],
): boolean {
  const body = looks.at(-1)?.body;
  if (item.samplesWithinPercent === undefined) return holds(item, body);
  const row = Object.values(ktrdr.calibrations).find(
    (one) => ktrdr.endpoints[one.endpoint] === endpoint,
  );
  const model = ktrdr.calibrationModels[row?.model ?? ''];
  if (!model) throw new Error(`no calibration model for ${operation.title}`);
  const { samples } = estimate(model, {
    symbol: String(at('.symbols[0]', payload)),
    timeframe: String(at('.timeframes[0]', payload)),
    start: String(at('.start_date', payload)),
    end: String(at('.end_date', payload)),
  });
  const counted = Number(at(item.path, body));
  return Math.abs(counted - samples) <= (samples * item.samplesWithinPercent) / 100;
}

function broken(expectations: readonly Expectation[], body: Json | undefined): Expectation[] {
  return expectations.filter((expectation) => !holds(expectation, body));
}

function fallsOf(series: readonly number[]): number[] {
  return series.filter((value, index) => (series[index + 1] ?? value) < value);
}

/** Whether it is a point that a known defect of the system turns red. */
function isKnownDefect(id: string): boolean {
  return ktrdr.knownDefects.some(({ points }) => points.includes(id));
}
