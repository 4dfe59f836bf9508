import { also, bad, bars, download, good, listed, looked, operation, symbols } from './answers.ts';
import { recorded } from './recorded.ts';
import type { Backend, Recording, Served } from './recorded.ts';

const trained = operation('POST /trainings/start', 'task_id', {
  status: 'completed',
  step: 'Epoch 10/10',
  percent: 100,
});

function backtested(step: string, error?: string): (recording: Recording) => Backend {
  return operation('POST /backtests/start', 'operation_id', {
    status: error === undefined ? 'completed' : 'failed',
    step,
    percent: error === undefined ? 100 : 0,
    ...(error === undefined ? {} : { error }),
    more: { result_summary: { metrics: { total_trades: 0 }, equity_curve_length: 208 } },
  });
}

const cancelled = {
  status: 'failed',
  step: 'Epoch 2/10 · Batch 1310/3319',
  percent: 14.2,
  error: 'Training operation cancelled',
};

const range = good({
  data: {
    symbol: 'EURUSD',
    timeframe: '1d',
    start_date: '2005-03-14T00:00:00Z',
    end_date: '2025-09-12T00:00:00Z',
    point_count: 4762,
  },
});

const september = bars(4762, [
  ['2025-09-01', 1.1497, 1.1499, 1.1408, 1.1444],
  ['2025-09-02', 1.1447, 1.154, 1.1397, 1.1533],
  ['2025-09-03', 1.1533, 1.1608, 1.1513, 1.1607],
  ['2025-09-04', 1.1606, 1.1613, 1.1491, 1.1511],
  ['2025-09-05', 1.1508, 1.1512, 1.1403, 1.1431],
  ['2025-09-08', 1.1431, 1.1507, 1.1377, 1.1451],
  ['2025-09-09', 1.1454, 1.1462, 1.1364, 1.1381],
  ['2025-09-10', 1.1383, 1.1403, 1.1346, 1.1365],
  ['2025-09-11', 1.13616, 1.14166, 1.13349, 1.13384],
  ['2025-09-12', 1.1343, 1.13787, 1.13323, 1.13688],
]);
const january = bars(7, [
  ['2024-01-08', 1.1132, 1.1141, 1.1035, 1.1083],
  ['2024-01-09', 1.1084, 1.1108, 1.1009, 1.104],
  ['2024-01-10', 1.1037, 1.105, 1.0991, 1.1027],
]);
const show = (answer: typeof range): Served => ({ backend: () => ({ 'GET /data/': answer }) });
const none = good({ data: { dates: [], ohlcv: [], metadata: {} } });
const alone: Served = {};
const connected: Served = { backend: () => symbols };
const list: Served = { backend: listed };
const status: Served = { backend: looked };
const loaded: Served = { backend: download };

/** Recordings that the sandbox's command must print, each with what the backend said to it. */
export const served: { readonly [name: string]: Served } = {
  'cli-models-train-1d-2024': { backend: trained },
  'cli-models-train-1d-2024-wide': { backend: trained },
  'cli-models-train-1d-2024-verbose': { backend: trained },
  'cli-models-train-no-override': { backend: trained },
  'cli-models-train-unknown-symbol': {
    backend: operation('POST /trainings/start', 'task_id', {
      status: 'failed',
      step: '📊 Processing NOSUCHSYM (1/1) - Loading Data',
      percent: 0,
      error: 'No data found in cache for NOSUCHSYM 1d',
    }),
  },
  'cli-models-train-5m-cancelled-elsewhere': {
    backend: operation('POST /trainings/start', 'task_id', cancelled),
  },
  'cli-models-train-5m-cancelled-verbose': {
    backend: operation('POST /trainings/start', 'task_id', {
      ...cancelled,
      step: 'Epoch 2/10 · Batch 460/3319',
      percent: 11.4,
    }),
  },
  'cli-models-train-5m-sigint': {
    pressedAfter: () => 1,
    backend: operation('POST /trainings/start', 'task_id', {
      status: 'running',
      step: 'Epoch 3/10 · Batch 2040/3319',
      percent: 26.1,
    }),
  },
  'cli-models-train-backend-killed': {
    // It was seen once, then its backend was gone; each further look left a line.
    pressedAfter: ({ stdout }) => stdout.split('Polling error').length,
    backend: () => ({
      'POST /trainings/start': good({ task_id: 'op_x' }),
      'GET /operations/': (count) =>
        count > 1
          ? undefined
          : good({
              data: {
                status: 'running',
                progress: {
                  percentage: 1,
                  current_step: 'Processing EURUSD (1/1) - Computing Indicators (1)',
                },
              },
            }),
    }),
  },
  'cli-models-train-bad-date': { backend: also('POST /trainings/start', bad(500)) },
  'cli-models-train-dry-run': alone,
  'cli-bad-models-train-missing-file': alone,
  'cli-bad-models-train-name-instead-of-file': alone,
  'cli-bad-models-train-symbol': alone,
  'cli-bad-models-train-timeframe': alone,
  'cli-bad-models-train-validation-split': alone,
  'cli-bad-models-train-missing-dates': alone,
  'cli-bad-models-train-no-arguments': alone,
  'cli-bad-models-train-strategy-option': alone,
  'cli-bad-no-arguments': alone,
  'cli-bad-unknown-command': alone,
  'cli-bad-unknown-subcommand': alone,
  'cli-bad-operations-list-limit-text': alone,
  'cli-bad-operations-list-unknown-option': alone,
  'cli-bad-operations-status-long-id': alone,
  'cli-bad-backtest-docs-form': alone,
  'cli-bad-backtest-run-capital': alone,
  'cli-bad-backtest-run-missing-dates': alone,
  'cli-bad-data-get-range': alone,
  'cli-bad-data-load-docs-form': alone,
  'cli-bad-data-load-mode': alone,
  'cli-bad-data-range-timeframe': alone,
  'cli-bad-data-show-docs-form': alone,
  'cli-bad-data-show-readme-form': alone,
  'cli-bad-data-show-rows': alone,
  'cli-bad-ib-check-status': alone,
  'cli-bad-ib-test-connection': alone,
  'cli-bad-ib-test-timeout': alone,
  'cli-help': alone,
  'cli-version-option': alone,
  'cli-dead-models-train': alone,
  'cli-dead-backtest-run': alone,
  'cli-dead-operations-list': alone,
  'cli-dead-operations-status': alone,
  'cli-dead-operations-cancel': alone,
  'cli-dead-data-load': alone,
  'cli-dead-data-range': alone,
  'cli-dead-data-show': alone,
  'cli-dead-ib-test': alone,
  'cli-dead-env-ktrdr-api-client-base-url': alone,
  'cli-operations-list': list,
  'cli-operations-list-active': list,
  'cli-operations-list-limit3': list,
  'cli-operations-list-limit3-verbose': list,
  'cli-operations-list-limit3-wide': list,
  'cli-operations-list-running': list,
  'cli-operations-list-running-none': list,
  'cli-operations-list-trailing-slash': list,
  'cli-operations-list-type-training': list,
  'cli-other-cwd': list,
  'cli-operations-list-localhost-no-path': { backend: () => ({ 'GET /symbols': bad(404) }) },
  'cli-operations-list-bad-status': { backend: also('GET /operations', bad(422)) },
  'cli-operations-list-limit5000': { backend: also('GET /operations', bad(422)) },
  'cli-operations-status-after-cancel': status,
  'cli-operations-status-completed': status,
  'cli-operations-status-failed': status,
  'cli-operations-status-running': status,
  'cli-operations-status-unknown': { backend: also('GET /operations/', bad(404)) },
  'cli-operations-status-unknown-verbose': { backend: also('GET /operations/', bad(404)) },
  'cli-operations-cancel-running': {
    backend: also(
      'DELETE /operations/',
      good({ data: { cancelled_at: '2026-11-22T13:27:29.560025+00:00', task_cancelled: true } }),
    ),
  },
  'cli-operations-cancel-running-verbose': {
    backend: also(
      'DELETE /operations/',
      good({ data: { cancelled_at: '2026-11-22T13:27:42.557152+00:00', task_cancelled: true } }),
    ),
  },
  'cli-operations-cancel-completed': { backend: also('DELETE /operations/', bad(400)) },
  'cli-operations-cancel-completed-id-with-404': { backend: also('DELETE /operations/', bad(400)) },
  'cli-operations-cancel-failed': { backend: also('DELETE /operations/', bad(400)) },
  'cli-operations-cancel-again': { backend: also('DELETE /operations/', bad(400)) },
  'cli-operations-cancel-unknown': { backend: also('DELETE /operations/', bad(404)) },
  'cli-operations-retry-unknown': { backend: also('POST /operations/', bad(404)) },
  'cli-operations-retry-completed': { backend: also('POST /operations/', bad(400)) },
  'cli-data-range-1d': { backend: also('POST /data/range', range) },
  'cli-data-range-1d-json': { backend: also('POST /data/range', range) },
  'cli-data-range-unknown': { backend: also('POST /data/range', bad(404)) },
  'cli-data-range-unknown-json': { backend: also('POST /data/range', bad(404)) },
  'cli-data-show-1d': show(september),
  'cli-data-show-1d-csv': show(september),
  'cli-data-show-1d-default-timeframe-rows2': show(september),
  'cli-data-show-1d-json': show(september),
  'cli-data-show-1d-json-quiet-log': show(september),
  'cli-data-show-format-bogus': show(september),
  'cli-data-show-range': show(january),
  'cli-data-show-unknown-symbol': show(none),
  'cli-data-show-unknown-symbol-json': show(none),
  'cli-data-show-bad-start': show(bad(400)),
  'cli-data-load-bad-date-stubbed-ib': { backend: also('POST /data/acquire', bad(500)) },
  'cli-data-load-full-stubbed-ib': loaded,
  'cli-data-load-ib-absent': loaded,
  'cli-data-load-ib-absent-no-progress-json': loaded,
  'cli-data-load-ib-absent-quiet': loaded,
  'cli-data-load-ib-absent-verbose': {
    backend: (recording) =>
      download(recording, recorded('cli-data-load-ib-absent-no-progress-json')),
  },
  'cli-data-load-ok-no-progress-json-stubbed-ib': loaded,
  'cli-data-load-ok-stubbed-ib': loaded,
  'cli-data-load-unknown-symbol-stubbed-ib': loaded,
  'cli-backtest-run': {
    backend: backtested('Backtesting EURUSD 1d [2024-12-18 00:00:00+00:00]'),
  },
  'cli-backtest-run-reversed': { backend: backtested('', 'No data loaded for EURUSD 1d') },
  'cli-backtest-run-unknown-strategy': {
    backend: backtested(
      'Starting backtest [0/100]',
      'Strategy config not found: strategies/nope_strategy.yaml',
    ),
  },
  'cli-ib-status': connected,
  'cli-ib-status-json': connected,
  'cli-ib-test': connected,
};

/** Recordings that it doesn't print, by the beginning of their names, each with the reason. */
export const left: readonly (readonly [RegExp, string])[] = [
  [/^cli-head-/, 'version HEAD: its command is another program, which the sandbox does not bring'],
  [/^cli-models-train-5m-sigterm$/, 'ended by a signal: what was printed till then is all'],
  [/^cli-operations-status-completed-verbose$/, 'its tables of details are not served'],
  [/^cli-other-cwd-train$/, 'the sandbox has the strategies of KTRDR in every folder'],
];
