import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../src/sandbox/http.ts';

/** One poll of a recorded series; its other members repeat parts of the body. */
export interface RecordedPoll {
  readonly t: number;
  readonly http: number;
  readonly status: string;
  readonly percentage: number;
  readonly current_step: string | null;
  readonly steps: readonly number[];
  readonly items_processed: number;
  readonly error_message: string | null;
  readonly body: { readonly success: boolean; readonly data: RecordedOperation };
}

/** The parts of a recorded operation that a replay steers by. */
export interface RecordedOperation {
  readonly operation_id: string;
  readonly created_at: string;
  readonly status: string;
  readonly progress: {
    readonly current_step: string | null;
    readonly context: { readonly phase?: string };
  };
  readonly metrics?: { readonly epochs?: readonly Json[] } | null;
}

/** A recorded response with its request line. */
export interface RecordedResponse {
  readonly status: number;
  readonly status_line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** How long the lists were that the recorder cut. */
export interface Trimmed {
  readonly dates_length: number;
  readonly ohlcv_length: number;
}

/** One file of the recordings (its README tells the format). */
export interface Recording {
  readonly name: string;
  readonly service?: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: Json };
  readonly response: RecordedResponse;
  readonly series?: readonly RecordedPoll[];
  readonly start?: { readonly request: Recording['request']; readonly response: RecordedResponse };
  readonly second_delete?: RecordedResponse;
  readonly second_start?: RecordedResponse;
  readonly second_series?: readonly RecordedPoll[];
  readonly delete_first?: RecordedResponse;
  readonly trimmed?: Trimmed;
  readonly host_list_before?: RecordedResponse;
  readonly host_list_after?: RecordedResponse;
  readonly host_record_after?: RecordedResponse;
  readonly worker_list_after?: RecordedResponse;
  readonly note: string;
}

/** The trimmed set in this repository. */
export const trimmedFolder = fileURLToPath(new URL('../fixtures/recordings/', import.meta.url));

/** The whole set, where it lies beside the repository. */
export const sharedFolder = fileURLToPath(
  new URL('../../../shared/ktrdr/recordings/', import.meta.url),
);

/** Names of the recordings of a folder, without `.json`; none where the folder is absent. */
export function recordingNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
}

/** Reads one recording; its shape is the recorder's, checked by the comparison itself. */
export function readRecording(folder: string, name: string): Recording {
  const value: Recording = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  return value;
}

/** Recordings that contract test B compares, by what they are of. */
const compares: readonly RegExp[] = [
  /^(operation-|operations-|(health|root|system-health)-backend(-api-v1|-slash-health)?$)/,
  /^train-/,
  /^(host-|(health|root)-training-host(-slash)?$)/,
  /^(download-|ib-|ibhost-(?!.*gateway-down$))/,
  /^(data-|(symbols|timeframes)$)/,
  /^(backtest-|remote-backtest-|worker-|root-backtest-worker|health-backtest-worker(?!-down))/,
];

/** Whether the name of a recording is one that contract test B compares. */
export const compared = new RegExp(compares.map(({ source }) => source).join('|'));

/** Recordings that it does not compare, and why. */
export const listed: readonly (readonly [RegExp, string])[] = [
  [/^cli-/, 'the command line of KTRDR, not a service'],
  [/^ibhost-(historical|validate)-gateway-down$/, 'no answer ever came, neither there nor here'],
  [
    /^health-(training-host|backtest-worker)-down$|^health-ib-host-absent$/,
    'nothing answers, neither there nor here',
  ],
];
