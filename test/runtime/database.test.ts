import { afterAll, describe, expect, test } from 'vitest';
import { frame, run, sweep } from './harness.ts';

afterAll(sweep);

const url = 'postgresql://baker:s%40cret-word@db.example:6543/ledger';

/** A psql that notes how it was called, and prints what a file says. */
const psql = `#!/bin/sh
echo "$*" > called
env | grep ^PG | sort > told
cat answer 2>/dev/null
exit "$(cat status 2>/dev/null || echo 0)"
`;

function ask(
  check: string,
  files: Record<string, string>,
  env: Record<string, string> = { LEDGER: url },
) {
  return run(
    frame(
      [
        "database LEDGER cure='set LEDGER'",
        'preflight',
        'step Ask',
        "query rows LEDGER 'SELECT 1'",
        check,
      ],
      1,
    ),
    {
      files: { 'bin/psql': psql, ...files },
      env: { ...env, SCENARIO_ENV_FILE: '' },
      via: (script) => ({
        command: 'sh',
        args: ['-c', `PATH="$PWD/bin:$PATH" exec ${script}`],
      }),
    },
  );
}

const one = '{"count":1,"rows":[{"n":3}],"value":3}';
const value = 'check c c rows .value equals 3';

describe.concurrent('a query', () => {
  test.each<[string, Record<string, string>, Record<string, string>, number]>([
    ['the right value', { answer: one }, { LEDGER: url }, 0],
    ['a wrong value', { answer: one.replaceAll('3', '4') }, { LEDGER: url }, 1],
    ['no rows', { answer: '{"count":0,"rows":[],"value":null}' }, { LEDGER: url }, 1],
    ['an error', { answer: one, status: '3' }, { LEDGER: url }, 1],
    ['nothing', {}, { LEDGER: url }, 1],
    ['no variable', { answer: one }, {}, 3],
    ['no address', { answer: one }, { LEDGER: 'ledger' }, 3],
  ])('%s', async (_what, files, env, code) => {
    const done = await ask(value, files, env);
    expect([done.code, done.tapOk]).toEqual([code, code === 0]);
  });
});

test('the password is in neither words, output nor evidence', async () => {
  const done = await ask(value, { answer: '{"count":1,"value":"s@cret-word"}' });
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(`${done.folder}/told`, 'utf8')).toContain('PGPASSWORD=s@cret-word');
  expect(readFileSync(`${done.folder}/told`, 'utf8')).toContain('PGHOST=db.example');
  const shown = [
    readFileSync(`${done.folder}/called`, 'utf8'),
    done.stdout,
    done.stderr,
    ...Object.values(done.evidence),
  ].join('\n');
  expect(shown).not.toMatch(/s@cret-word|s%40cret/);
});
