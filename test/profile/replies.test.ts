import { describe, expect, test } from 'vitest';
import type { Endpoint, Expectation } from '../../src/profile/schema.ts';
import type { Json } from '../../src/scenario/comparators.ts';
import { holds, textsIn } from './holds.ts';
import { ktrdr } from './ktrdr.ts';
import { readRecordings, recordingSets, type Recording } from './recorded.ts';

/** Which recordings mean that a setting or a service is missing; all others must mean neither. */
const meant: { readonly [verdict: string]: readonly string[] } = {
  misconfigured: [
    'backtest-bad-strategy',
    'backtest-empty-range',
    'backtest-missing-data',
    'backtest-missing-model-seed',
    'backtest-missing-timeframe-data',
    'backtest-reversed-dates',
    'backtest-unsafe-strategy',
    'train-reversed-dates',
    'train-unknown-strategy',
    'train-unknown-symbol',
    'train-unknown-timeframe',
  ],
  blocked: [
    'download-backfill-ib-absent',
    'download-full-ib-absent',
    'download-tail-gateway-down',
    'download-tail-ib-absent',
    'download-tail-ib-absent-no-dates',
    'download-tail-ib-absent-unknown-symbol',
    'host-train-busy',
    'host-train-host-down',
    'remote-backtest-worker-down',
  ],
};

/** Bodies that leak, made up: leak id and text. */
const leaky: readonly (readonly [string, string])[] = [
  [
    'stack-trace',
    'Traceback (most recent call last):\n  File "/app/ktrdr/api/main.py", line 12, in x',
  ],
  ['stack-trace', 'boom in File "ktrdr/api/main.py", line 7'],
  ['stack-trace', 'TypeError: x is not a function\n    at run (file:///srv/app.js:10:5)'],
  ['stack-trace', 'Error\n    at Object.<anonymous> (main.js:3:9)'],
  ['stack-trace', 'java.lang.Error\n\tat org.acme.Main.run(Main.java:42)'],
  ['absolute-path', 'searched: /app/strategies/x.yaml'],
  ['absolute-path', '/home/anna/ktrdr/data'],
  ['absolute-path', 'cannot open "/Users/anna/x.csv"'],
  ['absolute-path', 'file:///usr/lib/python3.11/json.py'],
  ['absolute-path', 'no such file: (/tmp/x)/y, /var/log/ktrdr.log'],
  ['home', 'look into ~/ktrdr/data'],
  ['home', 'config=~anna/.ktrdr'],
  ['drive-prefix', 'C:\\Users\\anna\\x.csv'],
  ['drive-prefix', 'cannot open D:/data/x.csv'],
  ['drive-prefix', '\\\\server\\share\\x.csv'],
];

/** Texts that must not be taken for a leak. */
const harmless: readonly string[] = [
  '/api/v1/operations/op_training_20261122_125911_9e3779f6',
  'http://localhost:8000/api/v1/docs',
  'https://example.org/home/anna/page',
  'HTTP error for POST /data/validate: All connection attempts failed',
  'strategies/test_e2e_local_pull.yaml',
  './data/EURUSD_1h.csv',
  'strategies/../etc/passwd.yaml',
  'Epoch 4/10 · Batch 900/3319',
  'at least one symbol must be specified',
  'Meet at (12:30)',
  'takes ~30 s, ~5/10 done',
  'body -> start_date: Value error',
  'a|b C: 5/6',
  'line 12 of the file',
];

describe('leaks, on made-up texts', () => {
  test.each(leaky)('%s: %s', (id, text) => {
    expect(leaksOf([text])).toContain(id);
  });

  test.each(harmless)('nothing: %s', (text) => {
    expect(leaksOf([text])).toEqual([]);
  });
});

describe.each(recordingSets)('$title', ({ folders, there, all }) => {
  const recordings = readRecordings(folders).filter(({ service }) => service.startsWith('backend'));
  const refused = recordings.filter(({ response }) => (response.status ?? 0) >= 400);

  describe.skipIf(!there)('leaks', () => {
    test.each(recordings)('$name: none', ({ response, series = [] }) => {
      const texts = [response.body, ...series.map(({ body }) => body)].flatMap(textsIn);
      expect(leaksOf([...new Set(texts)])).toEqual([]);
    });
  });

  describe.skipIf(!there)('refusals', () => {
    const known = refused.flatMap((recording) => {
      const endpoint = endpointOf(recording);
      return endpoint && !isUnknownRoute(recording) ? [{ ...recording, endpoint }] : [];
    });
    test('there are some', () => expect(known.length).toBeGreaterThanOrEqual(all ? 45 : 1));

    test.each(known)('$name: has the shape of its status', ({ response, endpoint }) => {
      const own = endpoint.refusals.filter(({ status }) => status === response.status);
      const shared = ktrdr.refusals.filter(
        ({ service, status }) => service === endpoint.service && status === response.status,
      );
      const shapes = own.length > 0 ? own : shared;
      expect(shapes).toHaveLength(1);
      expect(broken(shapes[0]?.expect ?? [], response.body)).toEqual([]);
    });
  });

  describe.skipIf(!there)('a cancel that comes too late', () => {
    test.each(refused)('$name', ({ name, response }) => {
      const patterns = Object.values(ktrdr.operations).flatMap(
        (one) => one.cancellation.tooLate ?? [],
      );
      const told = patterns.filter((one) => new RegExp(one).test(JSON.stringify(response.body)));
      expect(told.length > 0).toBe(name === 'train-smoke-delete-completed');
    });
  });

  describe.skipIf(!there)('unknown route', () => {
    test.each(refused)('$name', (recording) => {
      const text = JSON.stringify(recording.response.body);
      expect(isUnknownRoute(recording)).toBe(/"(Not Found|Method Not Allowed)"/.test(text));
    });
  });

  describe.skipIf(!there)('classify', () => {
    test.skipIf(!all)('each named recording is there', () => {
      const names = new Set(recordings.map(({ name }) => name));
      expect(
        Object.values(meant)
          .flat()
          .filter((name) => !names.has(name)),
      ).toEqual([]);
    });

    test.each(recordings)('$name', (recording) => {
      const bodies = [recording.response.body, ...(recording.series ?? []).map(({ body }) => body)];
      const verdicts = new Set(bodies.flatMap((body) => verdictsOf(JSON.stringify(body))));
      const expected = Object.keys(meant).filter((verdict) =>
        meant[verdict]?.includes(recording.name),
      );
      expect([...verdicts]).toEqual(expected);
    });
  });

  describe.skipIf(!there)('health', () => {
    const healthy: readonly (readonly [string, string])[] = [
      ['health-backend-api-v1', 'backend'],
      ['health-training-host', 'training-host'],
      ['ibhost-health', 'ib-host'],
      ['health-backtest-worker', 'backtest-worker'],
    ];
    test.each(healthy.filter(([name]) => all || isThere(folders, name)))(
      '%s: %s is well',
      (name, service) => {
        const recording = readRecordings(folders).find((one) => one.name === name);
        const health = ktrdr.services[service]?.health;
        expect(recording?.request.path).toBe(health?.path);
        expect(broken(health?.expect ?? [], recording?.response.body)).toEqual([]);
      },
    );
  });

  describe.skipIf(!there)('endpoints that answer at once', () => {
    const answered = recordings.flatMap((recording) => {
      const endpoint = endpointOf(recording);
      return endpoint?.answer && recording.response.status === endpoint.accepted.status
        ? [{ ...recording, endpoint, answer: endpoint.answer }]
        : [];
    });
    /** Good replies with nothing in them. */
    const empty = [
      /^operations-list-(empty|cancelled|type-backtesting)$/,
      /^data-(bad-symbol-chars|empty-range|no-file-timeframe|reversed-range|unknown-.*)$/,
      /^download-get-method$/,
    ];
    test.each(answered)('$name', ({ name, endpoint, answer, response }) => {
      expect(broken(endpoint.accepted.expect, response.body)).toEqual([]);
      const isEmpty = broken(answer.nonEmpty, response.body).length > 0;
      expect(isEmpty).toBe(empty.some((pattern) => pattern.test(name)));
    });
  });
});

function isThere(folders: readonly string[], name: string): boolean {
  return readRecordings(folders).some((one) => one.name === name);
}

function endpointOf({ request }: Recording): Endpoint | undefined {
  const path = request.path.replace(/\?.*$/, '');
  const fitting = Object.values(ktrdr.endpoints).filter(
    (endpoint) =>
      endpoint.method === request.method &&
      new RegExp(`^${endpoint.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
  return fitting.find((endpoint) => endpoint.path === path) ?? fitting[0];
}

function isUnknownRoute({ response }: Recording): boolean {
  return ktrdr.unknownRoute.some(
    ({ status, matches }) =>
      status === response.status && new RegExp(matches).test(JSON.stringify(response.body)),
  );
}

function leaksOf(texts: readonly string[]): string[] {
  return ktrdr.leaks
    .filter(({ lacks }) => texts.some((text) => new RegExp(lacks).test(text)))
    .map(({ id }) => id);
}

function verdictsOf(text: string): string[] {
  return ktrdr.classify
    .filter(({ matches }) => new RegExp(matches).test(text))
    .map(({ verdict }) => verdict);
}

function broken(expectations: readonly Expectation[], body: Json | undefined): Expectation[] {
  return expectations.filter((expectation) => !holds(expectation, body));
}
