import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frame, run, sweep } from './harness.ts';

/** A real PostgreSQL, where the machine has one; it does not run as root. */
const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
const bin = `/usr/lib/postgresql/${versions.at(-1) ?? ''}/bin`;
const root = process.getuid?.() === 0;
const usable = versions.length > 0 && (!root || spawnSync('id', ['postgres']).status === 0);
const port = 20_000 + (process.pid % 20_000);

function pg(...words: string[]): void {
  const [command = '', ...rest] = root
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...words]
    : words;
  execFileSync(command, rest, { cwd: '/tmp', stdio: 'ignore' });
}

describe.skipIf(!usable)('against a real PostgreSQL', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pg-'));
    if (root) execFileSync('chown', ['postgres', folder]);
    const data = join(folder, 'data');
    pg(join(bin, 'initdb'), '-D', data, '-U', 'baker', '-A', 'trust', '--no-sync');
    pg(
      join(bin, 'pg_ctl'),
      '-D',
      data,
      '-w',
      '-l',
      join(folder, 'log'),
      '-o',
      `-p ${port} -k ${folder} -h 127.0.0.1`,
      'start',
    );
    pg(
      'psql',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'baker',
      '-d',
      'postgres',
      '-c',
      "CREATE TABLE orders AS SELECT * FROM (VALUES (1, 'rye'), (2, 'spelt')) AS v(no, bread)",
    );
  });
  afterAll(async () => {
    if (folder !== '') {
      pg(join(bin, 'pg_ctl'), '-D', join(folder, 'data'), '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    }
    await sweep();
  });

  const word = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  test.each<[string, string, number]>([
    ['SELECT count(*) FROM orders', '.value equals 2', 0],
    ["SELECT no FROM orders WHERE bread = 'rye'", '.value equals 1', 0],
    [
      'SELECT bread FROM orders ORDER BY no',
      ".count equals 2 and '.rows[1].bread' equals spelt",
      0,
    ],
    ['SELECT count(*) FROM orders', '.value equals 3', 1],
    ['SELECT no FROM orders WHERE no > 9', '.count gte 1', 1],
    ['SELECT no FROM nowhere', '.count gte 0', 1],
    ['WITH gone AS (DELETE FROM orders RETURNING no) SELECT count(*) FROM gone', '.value gte 0', 1],
  ])('%s: %s', async (query, condition, code) => {
    const done = await run(
      frame(
        [
          "database LEDGER cure='set LEDGER'",
          'preflight',
          'step Ask',
          `query rows LEDGER ${word(query)}`,
          `check c c rows ${condition}`,
        ],
        1,
      ),
      { env: { LEDGER: `postgresql://baker@127.0.0.1:${port}/postgres?sslmode=disable` } },
    );
    expect([done.code, done.stdout]).toEqual([code, expect.any(String)]);
  });
});
