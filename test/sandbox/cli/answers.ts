import type { Json } from '../../../src/sandbox/http.ts';
import type { Answer } from '../../../src/sandbox/cli/io.ts';
import type { Backend, Recording } from './recorded.ts';

/** A good answer with this body. */
export function good(body: Json): Answer {
  return { status: 200, body };
}

/** An answer of that status, whose body the command does not look at. */
export function bad(status: number): Answer {
  return { status, body: {} };
}

export const symbols: Backend = { 'GET /symbols': good({}) };

/** The symbols are there, and one request is answered so. */
export function also(request: string, answer: Answer): () => Backend {
  return () => ({ ...symbols, [request]: answer });
}

/** An operation that begins, is looked at so often as the recording tells, and ends so. */
export function operation(
  start: string,
  id: string,
  end: {
    readonly status: string;
    readonly step: string;
    readonly percent: number;
    readonly error?: string;
    readonly more?: Json;
  },
): (recording: Recording) => Backend {
  return (recording) => {
    const name = idIn(recording);
    const looks = recording.stdout.split(`GET ${base(recording)}/operations/`).length - 1;
    const of = (status: string, percentage: number): Answer =>
      good({
        data: {
          status,
          progress: { percentage, current_step: end.step },
          error_message: end.error ?? null,
          ...(end.more as object),
        },
      });
    return {
      ...symbols,
      [start]: good({ success: true, [id]: name }),
      'GET /operations/': (count) =>
        count >= looks || looks === 1 ? of(end.status, end.percent) : of('running', 1),
      'DELETE /operations/': bad(200),
    };
  };
}

/** The first id that a recording shows, else one that nothing shows. */
function idIn({ stdout }: Recording): string {
  return /op_\w+/.exec(stdout)?.[0] ?? 'op_x';
}

function base({ env }: Recording): string {
  return env['API_BASE_URL'] ?? 'http://localhost:8000/api/v1';
}

/**
 * A download whose end stands in the recording itself as JSON or, but for what a frame hides, in words; or as
 * JSON in `like`, with the id and the times of this one.
 */
export function download(recording: Recording, like: Recording = recording): Backend {
  const json = /^\{\n[^]*^\}$/m.exec(like.stdout)?.[0];
  const { stdout } = recording;
  const details: Json =
    json === undefined
      ? {
          operation_id: idIn(recording),
          operation_type: 'data_load',
          status: /with status: (\w+)/.exec(stdout)?.[1] ?? 'failed',
          progress: { percentage: 0, current_step: 'Download' },
        }
      : {
          ...((JSON.parse(json) as { details: Json }).details as { readonly [name: string]: Json }),
          operation_id: idIn(recording),
          ...stamps(stdout),
        };
  return {
    ...symbols,
    'POST /data/acquire/download': good({ success: true, operation_id: idIn(recording) }),
    'GET /operations/': (count) =>
      count === 1 ? good({ data: { status: 'running' } }) : good({ data: details }),
  };
}

/** The times of an operation, where a recording tells them in words. */
function stamps(stdout: string): { readonly [name: string]: string } {
  const lines = stdout.matchAll(/^ {3}(\w+_at): (\S+)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', at = '']) => [name, at]));
}

/** The operations of a list, read from the table that the recording shows. */
export function listed({ stdout }: Recording): Backend {
  const rows = stdout
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => line.split('│').map((cell) => cell.trim()))
    .map(
      ([, id = '', type = '', status = '', percent = '', symbol = '', span = '', made, step]) => ({
        operation_id: `op_${type}_2026${whole(id)}`,
        operation_type: type,
        status: status.toLowerCase(),
        progress_percentage: Number(percent.replace('%', '')),
        symbol: symbol.replace('INVALID_SYMB…', 'INVALID_SYMBOL'),
        duration_seconds: secondsOf(span),
        ...(made === undefined
          ? {}
          : { created_at: made.replace(' ', 'T'), current_step: step ?? '' }),
      }),
    );
  const [, total = '0', active = '0'] = /Total: (\d+) \| Active: (\d+)/.exec(stdout) ?? [];
  const body = { data: rows, total_count: Number(total), active_count: Number(active) };
  return { ...symbols, 'GET /operations?': good(body) };
}

/** What was cut off is made up. */
function whole(id: string): string {
  return `${id.replace(/\.*…?$/, '').replace(/_$/, '')}_00000000`.slice(0, 20);
}

function secondsOf(span: string): number | null {
  if (span === 'N/A') return null;
  return span.endsWith('m') ? Number.parseFloat(span) * 60 : Number.parseFloat(span);
}

/** The operation that `operations status` shows, read from what the recording shows. */
export function looked({ stdout }: Recording): Backend {
  const cell = (name: string): string =>
    new RegExp(`^│ ${name} +│ (.*?) +│$`, 'm').exec(stdout)?.[1] ?? '';
  const pair = (name: string, at: 0 | 1): Json => {
    const shown = cell(name).split('/')[at] ?? '';
    return shown === 'None' ? null : Number(shown);
  };
  const [, error] = /❌ Error Message\n(.*)/.exec(stdout) ?? [];
  const data = {
    operation_id: cell('Operation ID'),
    operation_type: cell('Type'),
    status: cell('Status').toLowerCase(),
    created_at: cell('Created'),
    started_at: cell('Started'),
    completed_at: cell('Completed') === 'None' ? null : cell('Completed'),
    progress: {
      percentage: Number.parseFloat(cell('Percentage')),
      current_step: cell('Current Step'),
      steps_completed: pair('Steps', 0),
      steps_total: pair('Steps', 1),
      items_processed: pair('Items', 0),
      items_total: pair('Items', 1),
      current_item: cell('Current Item') || null,
    },
    error_message: error ?? null,
  };
  return { ...symbols, 'GET /operations/': good({ data }) };
}

/** Daily bars up to September 2025: the last ten as recorded, those before made up. */
export function bars(total: number, last: readonly (readonly [string, ...number[]])[]): Answer {
  const before = Array.from({ length: total - last.length }, () => [1, 1, 1, 1, 0]);
  return good({
    data: {
      dates: [
        ...before.map(() => '2020-01-01T00:00:00'),
        ...last.map(([day]) => `${day}T00:00:00`),
      ],
      ohlcv: [...before, ...last.map(([, ...values]) => [...values, 0])],
      metadata: {
        symbol: 'EURUSD',
        timeframe: '1d',
        start_date: '2005-03-14T00:00:00+00:00',
        end_date: '2025-09-12T00:00:00+00:00',
        point_count: total,
      },
    },
  });
}
