import { describe, expect, test } from 'vitest';
import type { Category } from '../../src/profile/schema.ts';
import { ktrdr } from './ktrdr.ts';
import { readLogs, recordingSets } from './recorded.ts';

const log = ktrdr.services['backend']?.log;
if (!log) throw new Error('the backend has a log');
const errors = new RegExp(log.errors);

/** Logs of the backend by the category of what ran: its error lines must be known noise of that category. */
const runs: readonly (readonly [RegExp, Category])[] = [
  [/^logs-train-(smoke|neuro)/, 'smoke'],
  [/^logs-train-progress/, 'progress'],
  [/^logs-host-train-(smoke|progress).*-backend-remote$/, 'integration'],
  [/^logs-train-(cancel|two-at-once)/, 'cancellation'],
  [/^logs-host-train-cancel.*-backend-remote$/, 'cancellation'],
  [
    /^logs-(remote-)?backtest-(22bars|good-520bars|520bars|cancel-5m)(.*-backend-remote)?$/,
    'smoke',
  ],
  [/^logs-download-(tail-ok|tail-nothing|backfill|cancel|tail-no-dates)/, 'smoke'],
  [
    /^logs-(train|backtest|download)-(invalid|async-failures|good-seed|missing-model|tail-(ib|gateway))/,
    'error',
  ],
];

/** Failures of other operations in the same time, provoked by what was recorded then. */
const provoked = /MACD requires at least 35|Maximum concurrent sessions/;

describe.each(recordingSets)('$title', ({ folders, there, all }) => {
  const logs = readLogs(folders).flatMap(({ name, lines }) => {
    const category = runs.find(([pattern]) => pattern.test(name))?.[1];
    return category ? [{ name, lines, category }] : [];
  });

  describe.skipIf(!there)('error lines', () => {
    test.skipIf(!all)('there are logs to look at', () => expect(logs.length).toBeGreaterThan(25));

    test.each(logs)(
      '$name: those with an id are known noise in $category',
      ({ lines, category }) => {
        const judged = lines.filter((line) => /op_[a-z_]+_\d{8}_\d{6}/.test(line));
        const unknown = judged.filter((line) => errors.test(line) && !isNoise(line, category));
        expect(unknown.filter((line) => !provoked.test(line))).toEqual([]);
      },
    );

    test.each(logs.filter(({ category }) => category !== 'error'))(
      '$name: no other line is an error that isn’t known',
      ({ lines, category }) => {
        const unknown = lines.filter((line) => errors.test(line) && !isNoise(line, category));
        expect(unknown.filter((line) => !provoked.test(line))).toEqual([]);
      },
    );

    test.each(
      logs.filter(({ name }) => /train-cancel/.test(name) && !name.startsWith('logs-host')),
    )('$name: a cancel is no noise where nothing is cancelled', ({ lines }) => {
      const found = lines.filter((line) => errors.test(line));
      expect(found).toHaveLength(2);
      expect(found.filter((line) => isNoise(line, 'progress'))).toEqual([]);
    });
  });

  describe.skipIf(!there)('patterns', () => {
    const nowhere = /^$/;
    const present: readonly (readonly [string, RegExp, RegExp])[] = [
      [
        'local-bridge',
        /^logs-train-(smoke|progress-5m$|neuro|cancel)/,
        /^logs-(host|remote|download)/,
      ],
      [
        'remote-proxy',
        /^logs-(host-train|remote-backtest).*-backend-remote$/,
        /^logs-(train|download)/,
      ],
      [
        'saved-to-cache',
        /^logs-download-tail-ok/,
        /^logs-(train|backtest|download-(invalid|other))/,
      ],
      ['no-event-loop', nowhere, /^logs-/],
    ];
    test.each(present)('%s is in %s, never in %s', (id, where, never) => {
      const text = ktrdr.logPatterns.find((one) => one.id === id)?.present ?? '\0';
      const every = readLogs(folders);
      const has = every.filter(({ lines }) => lines.some((line) => line.includes(text)));
      const lacks = every.filter((one) => !has.includes(one));
      expect(lacks.filter(({ name }) => where.test(name)).map(({ name }) => name)).toEqual([]);
      expect(has.filter(({ name }) => never.test(name)).map(({ name }) => name)).toEqual([]);
    });

    const heard = readLogs(folders).find(({ name }) => name === 'logs-operation-unknown');
    test.skipIf(!heard)('the beacon is heard, once for each GET', () => {
      const line = log.beacon?.line.replace('{nonce}', 'nonexistent') ?? '\0';
      expect(heard?.lines.filter((one) => one.includes(line))).toHaveLength(1);
    });
  });

  describe.skipIf(!there)('sightings', () => {
    const seen: readonly (readonly [string, string, string, string])[] = [
      ['training', 'local', 'logs-train-smoke-1d-2024', 'op_training_20261122_125911_9e3779f6'],
      [
        'training',
        'host',
        'logs-host-train-smoke-1d-2024-backend-remote',
        'op_training_20261122_130544_bb299e37',
      ],
      [
        'backtest',
        'local',
        'logs-backtest-good-520bars',
        'op_backtesting_20261122_130326_c357c53c',
      ],
      [
        'backtest',
        'remote',
        'logs-remote-backtest-520bars-backend-remote',
        'op_backtesting_20261122_130449_cb4b9540',
      ],
      ['download', '', 'logs-download-tail-ok-stubbed-ib', 'op_data_load_20261122_131257_0c877381'],
    ];
    const logsHere = readLogs(folders);
    const kept = seen.filter(([, , name]) => all || logsHere.some((one) => one.name === name));
    test('there are some, where all logs are', () =>
      expect(kept.length).toBe(all ? seen.length : kept.length));

    test.each(kept)('%s, mode %s, in %s', (operation, mode, name, id) => {
      const lines = logsHere.find((one) => one.name === name)?.lines ?? [];
      const inLogs = (ktrdr.operations[operation]?.sightings ?? []).flatMap((sighting) =>
        sighting.log?.service === 'backend' && (sighting.mode ?? mode) === mode
          ? [sighting.log.present]
          : [],
      );
      expect(inLogs.length).toBeGreaterThan(0);
      for (const text of inLogs)
        expect(lines.filter((line) => line.includes(text.replace('{id}', id)))).toHaveLength(1);
    });
  });
});

function isNoise(line: string, category: Category): boolean {
  const known = ktrdr.knownDefects.some(
    ({ categories, log: lines }) =>
      lines !== undefined &&
      (categories ?? [category]).includes(category) &&
      new RegExp(lines.matches).test(line),
  );
  if (known) return true;
  return (log?.noise ?? []).some(
    ({ matches, categories }) =>
      (categories === undefined || categories.includes(category)) && new RegExp(matches).test(line),
  );
}
