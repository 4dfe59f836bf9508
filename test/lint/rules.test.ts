import { describe, expect, test } from 'vitest';
import { lintScript } from '../../src/lint/lint.ts';
import { rules } from '../../src/lint/registry.ts';
import { found, quiet } from './cases.ts';

/** The findings of a line behind the usual beginning. */
function findingsOf(line: string) {
  const text = `#!/usr/bin/env bash\nset -euo pipefail\n${line}\n`;
  return lintScript(Buffer.from(text), 'case.sh').findings;
}

describe('relatives of the traps are found, on their line', () => {
  test.each(found)('%s: %s', (code, line) => {
    const all = findingsOf(line);
    expect(all.map((finding) => finding.code)).toContain(code);
    expect(all.find((finding) => finding.code === code)).toMatchObject({
      path: 'case.sh',
      line: 3,
    });
  });
});

describe('what looks alike and is well is let be', () => {
  test.each(quiet.map((line) => [line]))('%s', (line) => {
    expect(findingsOf(line).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });
});

test('every rule has a relative in the table, but for those that only have the example of their page', () => {
  const named = new Set(found.map(([code]) => code));
  expect(rules.map(({ code }) => code).filter((code) => !named.has(code))).toEqual([
    'fail-with-body-old-curl',
  ]);
});

test('the line is that of the place inside a program of several lines, and behind backquotes', () => {
  expect(findingsOf("jq -e '.ok and\n  .n > 3' f")).toMatchObject([{ line: 4 }]);
  expect(findingsOf('echo a\nx=`echo \\`jq ".a == 1" f\nsleep 3\\``')).toMatchObject([{ line: 4 }]);
});
