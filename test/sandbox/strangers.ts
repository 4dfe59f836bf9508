import { readFileSync } from 'node:fs';

/** A line with everything volatile taken out: times, ids, ports, durations, qualities. */
function shapeOf(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/, '<time>')
    .replaceAll(/\d{8}_\d{6}_[0-9a-f]{8}/g, '<id>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/_v\d+$/g, '_v<n>')
    .replace(/127\.0\.0\.1:\d+/, '127.0.0.1:<port>')
    .replace(/duration=\d+\.\d\dms/, 'duration=<duration>')
    .replaceAll(/event_loop_id=\d+/g, 'event_loop_id=<n>')
    .replace(/Thread \d+/, 'Thread <n>')
    .replaceAll(/(Loss|Acc): \d\.\d{4}/g, '$1: <n>')
    .replace(/Time: \d+\.\d\ds/, 'Time: <n>')
    .replace(/(after|in) \d+\.\d{3}s/, '$1 <duration>')
    .replace(/bars from .* to .*/, 'bars from <bar> to <bar>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d\+00:00)?/g, '<bar>')
    .replace(/at bar \d+\/(\d+) \(.*\)/, 'at bar <n>/$1');
}

/** Lines of the sandbox's log that the recorded log of the same requests does not have. */
export function strangers(folder: string, name: string, log: readonly string[]): readonly string[] {
  const recorded = new Set(readFileSync(`${folder}/${name}.txt`, 'utf8').split('\n').map(shapeOf));
  return log.map(shapeOf).filter((line) => !recorded.has(line));
}
