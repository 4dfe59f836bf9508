import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ktrdr } from '../../src/sandbox/cli/command.ts';
import type { Answer, Io } from '../../src/sandbox/cli/io.ts';
import { root } from '../support/ktrdr.ts';

const folder = join(root, '../shared/ktrdr/recordings');
const there = existsSync(folder);

interface Recording {
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the backend answered to the command of a recording, by the end of a path; the others are answered by nobody. */
type Backend = { readonly [request: string]: Answer };

const symbols = { 'GET /symbols': { status: 200, body: {} } } as const;
const started = { status: 200, body: { success: true, task_id: 'op_x' } } as const;
const whole = 'op_training_20261122_131050_88a37f97';

function ended(status: string, step: string, percentage: number, error: string | null): Answer {
  return {
    status: 200,
    body: { data: { status, progress: { percentage, current_step: step }, error_message: error } },
  };
}

function rows(
  total: number,
  active: number,
  ...list: readonly (readonly [string, string, number, number])[]
): Answer {
  return {
    status: 200,
    body: {
      data: list.map(([id, status, percent, seconds]) => ({
        operation_id: `op_training_2026${id}`,
        operation_type: 'training',
        status,
        progress_percentage: percent,
        symbol: 'EURUSD',
        duration_seconds: seconds,
      })),
      total_count: total,
      active_count: active,
    },
  };
}

const three = rows(
  52,
  2,
  ['1122_131050_88a37f97', 'completed', 100, 0.25],
  ['1122_131043_0cc76e62', 'failed', 15.2, 9.61],
  ['1122_130924_33e8a75d', 'failed', 30.5, 15.11],
);

/** Recordings that the sandbox's command must print, each with what the backend said to it. */
const served: { readonly [name: string]: Backend } = {
  'cli-models-train-1d-2024': {
    'POST /trainings/start': started,
    'GET /operations/op_x': ended('completed', 'Epoch 10/10', 100, null),
  },
  'cli-models-train-1d-2024-wide': {
    'POST /trainings/start': started,
    'GET /operations/op_x': ended('completed', 'Epoch 10/10', 100, null),
  },
  'cli-models-train-no-override': {
    'POST /trainings/start': started,
    'GET /operations/op_x': ended('completed', 'Epoch 10/10', 100, null),
  },
  'cli-models-train-5m-cancelled-elsewhere': {
    'POST /trainings/start': started,
    'GET /operations/op_x': ended(
      'failed',
      'Epoch 2/10 · Batch 1310/3319',
      14.2,
      'Training operation cancelled',
    ),
  },
  'cli-models-train-bad-date': { 'POST /trainings/start': { status: 500, body: { detail: 'x' } } },
  'cli-models-train-dry-run': {},
  'cli-bad-models-train-missing-file': {},
  'cli-bad-models-train-name-instead-of-file': {},
  'cli-bad-models-train-symbol': {},
  'cli-bad-models-train-timeframe': {},
  'cli-bad-models-train-validation-split': {},
  'cli-bad-models-train-missing-dates': {},
  'cli-bad-models-train-no-arguments': {},
  'cli-bad-models-train-strategy-option': {},
  'cli-bad-no-arguments': {},
  'cli-bad-unknown-command': {},
  'cli-bad-unknown-subcommand': {},
  'cli-bad-operations-list-limit-text': {},
  'cli-bad-operations-list-unknown-option': {},
  'cli-bad-operations-status-long-id': {},
  'cli-dead-models-train': {},
  'cli-dead-operations-list': {},
  'cli-dead-operations-status': {},
  'cli-dead-operations-cancel': {},
  'cli-dead-data-range': {},
  'cli-operations-list-limit3': { ...symbols, 'GET /operations': three },
  'cli-operations-list-limit3-wide': { ...symbols, 'GET /operations': three },
  'cli-operations-list-running-none': { ...symbols, 'GET /operations': rows(0, 2) },
  'cli-operations-list-bad-status': { ...symbols, 'GET /operations': { status: 422, body: {} } },
  'cli-operations-list-limit5000': { ...symbols, 'GET /operations': { status: 422, body: {} } },
  'cli-operations-status-unknown': { ...symbols, 'GET /operations/': { status: 404, body: {} } },
  'cli-operations-status-unknown-verbose': {
    ...symbols,
    'GET /operations/': { status: 404, body: {} },
  },
  'cli-operations-status-completed': {
    ...symbols,
    'GET /operations/': {
      status: 200,
      body: {
        data: {
          operation_id: whole,
          operation_type: 'training',
          status: 'completed',
          created_at: '2026-11-22T13:10:50.394124Z',
          started_at: '2026-11-22T13:10:50.394496Z',
          completed_at: '2026-11-22T13:10:50.646462Z',
          progress: {
            percentage: 100,
            current_step: 'Epoch 10/10',
            steps_completed: 10,
            steps_total: 10,
            items_processed: 60,
            items_total: null,
            current_item: null,
          },
          error_message: null,
        },
      },
    },
  },
  'cli-operations-cancel-running': {
    ...symbols,
    'DELETE /operations/': {
      status: 200,
      body: { data: { cancelled_at: '2026-11-22T13:27:29.560025+00:00', task_cancelled: true } },
    },
  },
  'cli-operations-cancel-completed': {
    ...symbols,
    'DELETE /operations/': { status: 400, body: {} },
  },
  'cli-operations-cancel-completed-id-with-404': {
    ...symbols,
    'DELETE /operations/': { status: 400, body: {} },
  },
  'cli-operations-cancel-again': { ...symbols, 'DELETE /operations/': { status: 400, body: {} } },
  'cli-operations-cancel-unknown': { ...symbols, 'DELETE /operations/': { status: 404, body: {} } },
  'cli-operations-retry-unknown': { ...symbols, 'POST /operations/': { status: 404, body: {} } },
  'cli-operations-retry-completed': { ...symbols, 'POST /operations/': { status: 400, body: {} } },
  'cli-data-range-1d': {
    ...symbols,
    'POST /data/range': {
      status: 200,
      body: {
        data: {
          symbol: 'EURUSD',
          timeframe: '1d',
          start_date: '2005-03-14T00:00:00Z',
          end_date: '2025-09-12T00:00:00Z',
          point_count: 4762,
        },
      },
    },
  },
  'cli-data-range-1d-json': {
    ...symbols,
    'POST /data/range': {
      status: 200,
      body: {
        data: {
          symbol: 'EURUSD',
          timeframe: '1d',
          start_date: '2005-03-14T00:00:00Z',
          end_date: '2025-09-12T00:00:00Z',
          point_count: 4762,
        },
      },
    },
  },
  'cli-data-range-unknown': { ...symbols, 'POST /data/range': { status: 404, body: {} } },
  'cli-data-range-unknown-json': { ...symbols, 'POST /data/range': { status: 404, body: {} } },
};

/** Recordings that it doesn't print, by the beginning of their names, each with the reason. */
const left: readonly (readonly [RegExp, string])[] = [
  [/^cli-head-/, 'version HEAD is not served'],
  [
    /^cli-(dead-|bad-)?data-(show|load)|^cli-bad-data-|^cli-dead-data-(show|load)/,
    'data show and data load are not served',
  ],
  [/^cli-(dead-|bad-)?backtest/, 'backtest run is not served'],
  [/^cli-(dead-|bad-)?ib-/, 'its answers are made up (guide ktrdr-cli section 5)'],
  [/help|version-option/, 'help texts belong to the versions of the libraries'],
  [
    /^cli-models-train-5m-(sigint|sigterm|cancelled-verbose)|backend-killed/,
    'looks at the clock: how often it asks is not the same twice',
  ],
  [/^cli-models-train-unknown-symbol/, 'the bar has no room, and shows what rich makes of that'],
  [/^cli-models-train-1d-2024-verbose/, 'how often it asks is not the same twice'],
  [
    /^cli-operations-(list|list-active|list-running|list-trailing-slash|list-type-training|list-limit3-verbose|list-localhost-no-path|status-running|status-failed|status-after-cancel|status-completed-verbose|cancel-running-verbose|cancel-failed)$/,
    'like the served ones, with other data or details',
  ],
  [/^cli-other-cwd|env-ktrdr-api-client/, 'the environment of the process'],
];

async function printed(recording: Recording, backend: Backend): Promise<string> {
  const [out, err]: string[][] = [[], []];
  const io: Io = {
    out: (text) => out?.push(text),
    err: (text) => err?.push(text),
    columns: Number(recording.env['COLUMNS'] ?? 80),
    base: (recording.env['API_BASE_URL'] ?? 'http://localhost:8000/api/v1').replace(/\/$/, ''),
    now: () => '2026-11-22 13:26:15,654',
    elapsed: () => 0,
    ask: (method, path) =>
      Promise.resolve(
        Object.entries(backend).find(([request]) => `${method} ${path}`.startsWith(request))?.[1],
      ),
    sleep: () => Promise.resolve(),
    isFile: () => false,
    interrupted: () => false,
  };
  const exit = await ktrdr(recording.argv.slice(1), io);
  return shown({ exit, stdout: out?.join('\n') ?? '', stderr: err?.join('\n') ?? '' });
}

/** Times, the spinner and blank lines at the ends are none of the contract. */
function shown({ exit, stdout, stderr }: Pick<Recording, 'exit' | 'stdout' | 'stderr'>): string {
  const text = (stream: string): string =>
    stream
      .replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/gm, 'TIME')
      .replaceAll(/\d:\d\d:\d\d$/gm, 'T')
      .replaceAll(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Status/gm, '* Status')
      .replaceAll(/^\n+|\n+$/g, '');
  return `exit ${exit}\n${text(stdout)}\n--stderr--\n${text(stderr)}`;
}

describe.skipIf(!there)('the command prints what was recorded (shared)', () => {
  test.each(Object.entries(served))('%s', async (name, backend) => {
    const recording = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;
    expect(await printed(recording, backend)).toBe(shown(recording));
  });

  test('each other recording has a reason', () => {
    const names = readdirSync(folder)
      .filter((one) => one.startsWith('cli-'))
      .map((one) => one.replace('.json', ''));
    const open = names.filter(
      (name) => !(name in served) && !left.some(([pattern]) => pattern.test(name)),
    );
    expect(open).toEqual([]);
  });
});
