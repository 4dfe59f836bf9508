import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { endpoint } from './service-log.ts';

/** Where in the endpoint's source each date is read and its error raised (logs-data-get). */
const places = {
  start_date: { name: 'start', read: 324, raised: 326 },
  end_date: { name: 'end', read: 333, raised: 335 },
} as const;

/** What the log says of a date that is none: two errors and a traceback (logs-data-get). */
export function badDateLog(
  at: number,
  symbol: string,
  field: keyof typeof places,
  error: string,
): readonly LogEntry[] {
  const message = `Invalid ${field} format. Use YYYY-MM-DD`;
  return [
    entry(at, 'ERROR', endpoint, `Data error getting cached data for ${symbol}: ${message}`),
    entry(at, 'ERROR', 'ktrdr.api.main', `DataError: ${message}`),
    ...traceback(field, error, message).map((line) => ({ at, line })),
  ];
}

function traceback(field: keyof typeof places, error: string, message: string): readonly string[] {
  const { name, read, raised } = places[field];
  const call = `datetime.fromisoformat(${name}_date.replace("Z", "+00:00"))`;
  return [
    'Traceback (most recent call last):',
    `  File "ktrdr/api/endpoints/data.py", line ${read}, in get_cached_data`,
    `    ${name}_dt = ${call}`,
    `    ${' '.repeat(name.length + 6)}${'^'.repeat(call.length)}`,
    `ValueError: ${error}`,
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    'Traceback (most recent call last):',
    '  File "site-packages/starlette/_exception_handler.py", line 42, in wrapped_app',
    '    await app(scope, receive, sender)',
    '  File "site-packages/fastapi/routing.py", line 151, in app',
    '    response = await f(request)',
    '               ^^^^^^^^^^^^^^^^',
    '  File "site-packages/fastapi/routing.py", line 727, in app',
    '    raw_response = await run_endpoint_function(',
    '                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    '  File "site-packages/fastapi/routing.py", line 360, in run_endpoint_function',
    '    return await dependant.call(**values)',
    '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    `  File "ktrdr/api/endpoints/data.py", line ${raised}, in get_cached_data`,
    '    raise DataError(',
    `ktrdr.errors.exceptions.DataError: ${message}`,
  ];
}
