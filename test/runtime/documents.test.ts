import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runtimeFile } from './harness.ts';

/** What the runtime's own jq programs make of CSV and YAML: JSON, or the reason why they cannot be read. */

const folder = mkdtempSync(join(tmpdir(), 'new-scenario-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const source = readFileSync(runtimeFile, 'utf8');

function read(kind: 'CSV' | 'YAML', text: string): unknown {
  const program = new RegExp(`^readonly _JQ_${kind}='([^']*)'$`, 'm').exec(source)?.[1] ?? '';
  const file = join(folder, 'text');
  writeFileSync(file, text);
  const done = spawnSync('jq', ['-nc', '--rawfile', 'text', file, program], { encoding: 'utf8' });
  return done.status === 0 ? (JSON.parse(done.stdout) as unknown) : done.stderr;
}

test.each([
  ['a,b\n1,x\n', [{ a: 1, b: 'x' }]],
  ['a,b\n"1",\n', [{ a: '1', b: '' }]],
  ['a,b\n"x",""\n', [{ a: 'x', b: '' }]],
  ['a\n"two\nlines"\n007', [{ a: 'two\nlines' }, { a: '007' }]],
  ['a\n\n', [{ a: '' }]],
  ['a\n12345678901234567\n', [{ a: '12345678901234567' }]],
  ['', 'it has no header line'],
  ['a,b\n1\n', 'line 2 has 1 fields, the header has 2'],
  ['a\n1\n"x', 'line 3 has a quote that is not closed'],
  ['a\nx"y"\n', 'line 2 has a quote that is not closed, or stands within a field'],
  ['a,a\n1,2\n', 'line 1 names a column twice'],
])('CSV %j is %j', (text, comes) => {
  expect(read('CSV', text)).toEqual(
    typeof comes === 'string' ? expect.stringContaining(`CSV: ${comes}`) : comes,
  );
});

test.each([
  ["---\na: \"x: y\" # z\nb: 'it''s'\n", { a: 'x: y', b: "it's" }],
  ['a:\n  b:\n    c: 1.5\n  d: true\ne: ~\n', { a: { b: { c: 1.5 }, d: true }, e: null }],
  ['a:\n- 1\n- b\nc: []\n', { a: [1, 'b'], c: [] }],
  ['- a\n- "b: c"\n', ['a', 'b: c']],
  ['a:\nb: 2024-01-01\n', { a: null, b: '2024-01-01' }],
  ['\n# nothing\n', null],
  ['a: [1]', 'line 1 is none of the plain forms'],
  ['a: 1\nb: |\n  x', 'line 2 is none of the plain forms'],
  ['a: &b 1', 'line 1 is none of the plain forms'],
  ['a: yes', 'line 1 has yes, which is a text or a truth value'],
  ['a: 010', 'line 1 has 010, which is not the same number everywhere'],
  ['a: 1_000', 'line 1 has 1_000, which is not the same number everywhere'],
  ['a: b: c', 'line 1 has a colon'],
  ['a: 1\n  b: 2', 'line 2 is indented as nothing above it'],
  ['a:\n    b: 1\n  c: 2', 'line 3 is indented as nothing above it'],
  ['a:\n\tb: 1', 'line 2 is indented by a tab'],
  ['a: 1\na: 2', 'line 2 has the key a a second time'],
  ['- a: 1', 'line 1 is an item that is no single value'],
  ['a: "x', 'line 1 has a text that is not closed'],
  ['a: "\\x41"', 'line 1 has an escape'],
  ['a: 1\n---\nb: 2', 'line 2 begins another document'],
  ['just text', 'line 1 is neither a key'],
])('YAML %j is %j', (text, comes) => {
  expect(read('YAML', text)).toEqual(
    typeof comes === 'string' ? expect.stringContaining(`YAML: ${comes}`) : comes,
  );
});
