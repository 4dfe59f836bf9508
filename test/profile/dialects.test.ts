import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { ktrdr } from './ktrdr.ts';
import { textsIn } from './holds.ts';
import { readLogs, readRecordings, recordingSets } from './recorded.ts';

/** The patterns are tested with JavaScript's regular expressions; here they mean the same to jq and to grep. */
const folders = recordingSets[0]?.folders ?? [];
const hasJq = spawnSync('jq', ['--version']).status === 0;

describe.skipIf(!hasJq)('jq', () => {
  const bodies = readRecordings(folders).flatMap(({ response, series = [] }) =>
    [response.body, series.at(-1)?.body ?? null].map((body) => JSON.stringify(body)),
  );
  const made = [
    'Traceback (most recent call last):\n  File "/app/x.py", line 1',
    'Error\n    at run (main.js:3:9)',
    'java.lang.Error\n\tat org.acme.Main.run(Main.java:42)',
    'look into ~/x or C:\\x or D:/x or "/home/x/y"',
    'file:///usr/lib/x, https://example.org/home/x, /api/v1/x, ~5/10',
  ];
  const texts = [
    ...new Set([...bodies, ...bodies.flatMap((body) => textsIn(JSON.parse(body))), ...made]),
  ];
  const patterns = [
    ...ktrdr.classify.map(({ matches }) => matches),
    ...ktrdr.unknownRoute.map(({ matches }) => matches),
    ...ktrdr.leaks.map(({ lacks }) => lacks),
    ...Object.values(ktrdr.operations).map(({ id }) => id.matches),
  ];

  test('there are texts', () => expect(texts.length).toBeGreaterThan(100));

  test.each(patterns)('%s', (pattern) => {
    const program = '$pattern as $p | map(test($p))';
    const { stdout, stderr } = spawnSync('jq', ['-c', '--arg', 'pattern', pattern, program], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const here = texts.map((text) => new RegExp(pattern).test(text));
    expect(JSON.parse(stdout)).toEqual(here);
  });
});

describe('grep -E', () => {
  const lines = [...new Set(readLogs(folders).flatMap((log) => log.lines))].filter(
    (line) => line !== '',
  );
  const logs = Object.values(ktrdr.services).flatMap(({ log }) => log ?? []);
  const patterns = [
    ...logs.map(({ errors }) => errors),
    ...logs.flatMap(({ noise }) => noise.map(({ matches }) => matches)),
    ...ktrdr.logPatterns.flatMap(({ matches }) => matches ?? []),
  ];

  test.each(patterns)('%s', (pattern) => {
    const { stdout, stderr } = spawnSync('grep', ['-aE', '-e', pattern], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    expect(stderr).toBe('');
    expect(stdout.split('\n').slice(0, -1)).toEqual(
      lines.filter((line) => new RegExp(pattern).test(line)),
    );
  });
});
