import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verbs, type Result } from './harness.ts';

/** One jq answers what a whole script asks; what it can't be asked, or when it dies, a jq of its own answers alike. */

const real = execFileSync('which', ['jq'], { encoding: 'utf8' }).trim();
const long = 'é—"\\'.repeat(5000);
const routes = {
  'GET /short': { json: { id: 'a-1', state: 'done', text: `a\r\n\t"b" \\ é ${'\u2028'}` } },
  'GET /long': { json: { id: 'a-2', state: 'done', text: long } },
  'GET /control': { json: { id: 'a-3', state: 'done' }, headers: { 'x-tab': 'a\tb' } },
  'GET /raw': { body: '{"state":"do\u0001ne"}' },
  'GET /nul': { body: Buffer.from('{"state":"done"}\0') },
  'GET /forged': { body: 'x\n\u001e\nok\n\u001e\n' },
  'GET /invalid': { body: Buffer.from([0x22, 0xff, 0xe2, 0x80, 0x22]) },
};
const lines = [
  "step 'Ask'",
  ...['short', 'long', 'control', 'raw', 'nul', 'forged', 'invalid'].map(
    (name) => `request ${name} GET backend /${name}`,
  ),
  "capture id has-id 'id' short .id",
  "capture long_id has-long 'id' long .id matches '^a-[0-9]$'",
  ...['short', 'long', 'control', 'raw', 'nul'].map(
    (name) => `check ${name} '${name}' ${name} .state equals done defect=d`,
  ),
  "check forged 'forged' forged body matches '^ok$' defect=d",
  "check invalid 'invalid' invalid . equals '\"x\"' defect=d",
  "check text 'text' short .text matches '^a\\r\\n\\t\"b\" \\\\ é .$' defect=d",
  "check again 'again' long .id equals {id} defect=d",
  "poll short done 'it ends' GET backend /short every=1 within=5 until .state equals done ends .state equals done",
];

/** Runs the script with a jq of ours on PATH; `starts` are the words that each of its starts was given. */
async function withJq(shim: string): Promise<Result & { starts: string[] }> {
  const bin = await mkdtemp(join(tmpdir(), 'jq-'));
  onTestFinished(() => rm(bin, { recursive: true }));
  await mkdir(join(bin, 'log'));
  await writeFile(
    join(bin, 'jq'),
    `#!/bin/bash\nprintf '%s' "$*" >"${bin}/log/$$"\n${shim}\nexec ${real} "$@"\n`,
  );
  await chmod(join(bin, 'jq'), 0o755);
  const result = await verbs(routes, 12, lines, {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
  const names = execFileSync('ls', [join(bin, 'log')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const starts = await Promise.all(names.map((name) => readFile(join(bin, 'log', name), 'utf8')));
  return { ...result, starts };
}

const judged = (result: Result): unknown =>
  result.points.map(({ id, ok, diag }) => [id, ok, (diag as { actual?: unknown } | null)?.actual]);

test('a jq for the script, and one for each body that does not fit a line; the answers are the same', async () => {
  const [one, many, dying, half] = await Promise.all([
    withJq(''),
    withJq('case $* in *--unbuffered*) exit 2 ;; esac'),
    withJq(
      'case $* in *--unbuffered*) echo "true 1795408631432000 2026-11-22T12:00:00.000000Z"; exit 0 ;; esac',
    ),
    withJq('case $* in *{q:*) printf "{\\"q\\":"; exit 3 ;; esac'),
  ]);
  expect(one.points.map(({ ok }) => ok)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(judged(many)).toEqual(judged(one));
  expect(judged(dying)).toEqual(judged(one));
  expect(judged(half)).toEqual(judged(one));
  const ofOwn = one.starts.filter((words) => !words.includes('--unbuffered'));
  expect(one.starts.length - ofOwn.length).toBe(1);
  // One for each: the long body (again when it is asked about again, after others), and those that hold control characters.
  expect(ofOwn).toHaveLength(5);
  expect(half.starts.length).toBeGreaterThan(10);
  expect(many.starts.length).toBeGreaterThan(15);
});
