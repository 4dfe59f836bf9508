import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  api,
  frame,
  project,
  run,
  sleep,
  sweep,
  verbs,
  type Options,
  type Result,
} from './harness.ts';

afterAll(sweep);

const good = { 'GET /x': { json: { ok: true, text: 'état' } } };
const lines = [
  "step 'One'",
  'request r GET backend /x',
  "check c 'it is état' r .text equals état",
  'check d d r .ok equals true',
];

/** What must be the same wherever and however a script runs. */
const core = (result: Result): unknown => [result.code, result.stdout];
const expected = [
  0,
  'TAP version 14\n1..2\nok 1 - it is état\nok 2 - d\n# ✅ Integration test passed\n',
];

describe.concurrent('a hostile environment changes nothing', () => {
  test.each<[string, Options]>([
    ['started by its path', {}],
    ['bash run.sh', { via: (p) => ({ command: 'bash', args: [p] }) }],
    [
      'bash run.sh in its folder',
      { via: (p) => ({ command: 'bash', args: ['run.sh'], cwd: join(p, '..') }) },
    ],
    [
      './run.sh in its folder',
      { via: (p) => ({ command: './run.sh', args: [], cwd: join(p, '..') }) },
    ],
    ['sh run.sh', { via: (p) => ({ command: 'sh', args: [p] }) }],
    ['bash --posix run.sh', { via: (p) => ({ command: 'bash', args: ['--posix', p] }) }],
    ['bash -eu run.sh', { via: (p) => ({ command: 'bash', args: ['-eu', p] }) }],
    ['from another folder', { cwd: '/' }],
    ['with an input that waits', { stdin: 'pipe' }],
    [
      'a proxy',
      {
        env: {
          http_proxy: 'http://127.0.0.1:1',
          HTTP_PROXY: 'http://127.0.0.1:1',
          ALL_PROXY: 'http://127.0.0.1:1',
        },
      },
    ],
    [
      '.curlrc',
      { files: { '.curlrc': 'fail\nheader = "X: y"\nuser-agent = x\nmax-time = 0.001\n' } },
    ],
    ['.jq', { files: { '.jq': 'def fromjson: null; def test($x): false; def range($n): empty;' } }],
    [
      'BASH_ENV',
      { files: { env: 'echo noise; alias printf=false\n' }, env: { BASH_ENV: 'env', ENV: 'env' } },
    ],
    ['CDPATH', { env: { CDPATH: '/tmp:/' } }],
    [
      'SHELLOPTS and BASHOPTS',
      {
        env: {
          SHELLOPTS: 'errexit:nounset:noglob:xtrace:verbose',
          BASHOPTS: 'expand_aliases:extglob:nullglob:nocasematch',
        },
      },
    ],
    [
      'exported functions',
      {
        env: Object.fromEntries(
          ['curl', 'jq', 'grep', 'printf', 'sleep', 'dirname', 'cd', 'exec', 'trap'].map((f) => [
            `BASH_FUNC_${f}%%`,
            '() { echo "ok 1 - noise"; }',
          ]),
        ),
      },
    ],
    [
      'options of tools',
      {
        env: {
          GREP_OPTIONS: '-v',
          GREP_COLOR: '1',
          GREP_COLORS: 'mt=1',
          JQ_COLORS: '1',
          JQ_LIBRARY_PATH: '/nowhere',
          POSIXLY_CORRECT: '1',
        },
      },
    ],
    ['IFS', { env: { IFS: '/.0123456789' } }],
    [
      'names of the runtime',
      {
        env: {
          _mode: 'list',
          _ended: 'yes',
          _printed: '9',
          _halted: 'x',
          _interrupted: 'SIGINT',
          _terms: 'x',
          SCENARIO_RESTARTED: '1',
        },
      },
    ],
    [
      'a locale',
      {
        env: {
          LC_ALL: 'tr_TR.UTF-8',
          LANG: 'de_DE.UTF-8',
          LC_NUMERIC: 'de_DE.UTF-8',
        },
      },
    ],
    ['a temporary folder that is not there', { env: { TMPDIR: '/no/such/folder' } }],
    [
      'CURL_HOME',
      {
        files: { 'home/.curlrc': 'fail\nproxy = "http://127.0.0.1:1"' },
        env: { CURL_HOME: 'home' },
      },
    ],
  ])('%s', async (_, options) => {
    const result = await verbs(good, 2, lines, options);
    expect(core(result)).toEqual(expected);
  });

  test('cron: nothing but a PATH', async () => {
    const service = await api(good);
    const script = frame([`service backend API_URL default=${service.origin}`, ...lines], 2);
    const result = await run(script, {
      onlyEnv: { PATH: '/usr/bin:/bin' },
      via: (path) => ({ command: path, args: [], cwd: '/' }),
    });
    await service.close();
    expect(core(result)).toEqual(expected);
    expect(result.stderr).toMatch(/evidence: \/tmp\/evidence\./);
  });

  test.each([
    ['stdout', '>&-'],
    ['stderr', '2>&-'],
    ['stdin', '<&-'],
    ['all', '<&- >&- 2>&-'],
    ['a pipe that is closed', '| true; exit ${PIPESTATUS[0]}'],
  ])('closed: %s', async (_, redirection) => {
    const service = await api({ ...good, 'DELETE /x': {} });
    const script = frame(
      [
        `service backend API_URL default=${service.origin}`,
        ...lines,
        "cleanup 'stop' DELETE backend /x",
      ],
      2,
    );
    const result = await run(script, {
      via: (path) => ({ command: 'bash', args: ['-c', `"${path}" ${redirection}`] }),
    });
    await service.close();
    expect([result.code, service.received.at(-1)?.method]).toEqual([0, 'DELETE']);
  });

  test('the same under a terminal', async () => {
    const service = await api(good);
    const script = frame([`service backend API_URL default=${service.origin}`, ...lines], 2);
    const result = await run(script, {
      via: (path) => ({ command: 'script', args: ['-qec', `${path} 2>/dev/null`, '/dev/null'] }),
    });
    await service.close();
    expect([result.code, result.stdout.replaceAll('\r', '')]).toEqual(expected);
  });

  test('nothing is left behind', async () => {
    const { readdir } = await import('node:fs/promises');
    const result = await verbs(good, 2, lines);
    expect(await readdir(join(result.folder, 'tmp'))).toEqual([]);
    expect((await readdir(result.folder)).toSorted()).toEqual([
      '.git',
      'evidence',
      'generated',
      'tmp',
    ]);
  });
});

describe.concurrent('a tool that is missing, old or broken', () => {
  async function withTools(tools: Record<string, string | null>): Promise<Result> {
    const service = await api(good);
    const script = frame([`service backend API_URL default=${service.origin}`, ...lines], 2);
    const { root } = await project('');
    const bin = join(root, 'bin');
    await mkdir(bin);
    await Promise.all(
      [
        'curl',
        'jq',
        'dirname',
        'mktemp',
        'mkfifo',
        'rm',
        'mkdir',
        'sleep',
        'cat',
        'grep',
        'date',
        'tr',
        'wc',
        'sed',
        'cp',
        'bash',
      ].map(async (name) => {
        const fake = tools[name];
        if (fake === null) return;
        if (fake === undefined)
          return symlink(
            execFileSync('which', [name], { encoding: 'utf8' }).trim(),
            join(bin, name),
          );
        await writeFile(join(bin, name), `#!/bin/bash\n${fake}\n`);
        await chmod(join(bin, name), 0o755);
      }),
    );
    const result = await run(script, { env: { PATH: bin } });
    await service.close();
    return result;
  }

  test('all are there', async () => {
    expect(core(await withTools({}))).toEqual(expected);
  });

  test.each<[string, Record<string, string | null>, RegExp]>([
    ['no jq', { jq: null }, /blocked: jq is missing/],
    ['no curl', { curl: null }, /blocked: curl is missing/],
    [
      'jq 1.5',
      {
        jq: 'case $* in *--version*) echo jq-1.5; exit ;; esac; echo "jq: error: ARGS/0 is not defined" >&2; exit 3',
      },
      /1\.6 or later is needed: jq-1\.5/,
    ],
    [
      'a jq that fails',
      { jq: 'echo "cannot load libonig.so" >&2; exit 127' },
      /jq does not work.*libonig/,
    ],
    ['a jq that prints nothing', { jq: 'exit 0' }, /jq does not work/],
    [
      'a curl that fails',
      { curl: 'echo "libcurl.so is missing" >&2; exit 127' },
      /curl does not work: libcurl.so/,
    ],
  ])('%s: blocked, with the cure', async (_, tools, message) => {
    const result = await withTools(tools);
    expect([result.code, result.lines.slice(0, 2), result.bailout, result.points]).toEqual([
      3,
      ['TAP version 14', '1..2'],
      expect.stringMatching(message),
      [],
    ]);
    expect(result.stdout).toMatch(/# cure: (apt-get install|reinstall)/);
  });

  test('a jq that breaks later is no verdict on the system', async () => {
    const real = execFileSync('which', ['jq'], { encoding: 'utf8' }).trim();
    const result = await withTools({
      jq: `case $* in *--unbuffered*) exit 1 ;; *rtrimstr*) exec ${real} "$@" ;; esac; echo "jq: killed" >&2; exit 1`,
    });
    expect([result.code, result.bailout]).toEqual([
      2,
      expect.stringContaining('jq failed: jq: killed'),
    ]);
  });
});

describe.concurrent('where a setting comes from', () => {
  const settings = (result: Result): string => /backend: (.*)/.exec(result.stderr)?.[1] ?? '';
  const at = (n: number): string => `http://127.0.0.1:${n}`;
  const script = frame(
    [
      'service backend API_URL default=http://localhost:10',
      'preflight',
      "step 's'",
      'request r GET backend /x within=2',
      'check c c r status equals 200',
    ],
    1,
  );

  test.each<[string, Options, string]>([
    ['the default', {}, 'http://localhost:10 (API_URL: default)'],
    [
      '.env.sandbox at the root',
      { files: { '.env.sandbox': `API_URL=${at(11)}\n` } },
      `${at(11)} (API_URL: .env.sandbox)`,
    ],
    [
      'the nearest .env.sandbox',
      {
        files: {
          '.env.sandbox': `API_URL=${at(11)}\n`,
          'generated/.env.sandbox': `API_URL=${at(12)}`,
        },
      },
      `${at(12)} (API_URL: .env.sandbox)`,
    ],
    [
      'SCENARIO_ENV_FILE before .env.sandbox',
      {
        files: { '.env.sandbox': `API_URL=${at(11)}\n`, f: `API_URL=${at(13)}\n` },
        env: { SCENARIO_ENV_FILE: 'f' },
      },
      `${at(13)} (API_URL: f)`,
    ],
    [
      '.env.sandbox for what the file leaves out',
      {
        files: { '.env.sandbox': `API_URL=${at(11)}\n`, f: 'OTHER=1\n' },
        env: { SCENARIO_ENV_FILE: 'f' },
      },
      `${at(11)} (API_URL: .env.sandbox)`,
    ],
    [
      'the environment before all',
      { files: { f: `API_URL=${at(13)}\n` }, env: { SCENARIO_ENV_FILE: 'f', API_URL: at(14) } },
      `${at(14)} (API_URL: environment)`,
    ],
    ['a slash at the end', { env: { API_URL: `${at(14)}/` } }, `${at(14)} (API_URL: environment)`],
    [
      'export, quotes, CRLF and a comment',
      { files: { '.env.sandbox': `\uFEFF# hi\r\n\r\nexport API_URL="${at(15)}" # here\r\n` } },
      `${at(15)} (API_URL: .env.sandbox)`,
    ],
    [
      'single quotes',
      { files: { '.env.sandbox': `API_URL='${at(16)}'` } },
      `${at(16)} (API_URL: .env.sandbox)`,
    ],
    [
      'no quotes, a comment',
      { files: { '.env.sandbox': `API_URL=${at(17)}   # here` } },
      `${at(17)} (API_URL: .env.sandbox)`,
    ],
    [
      'the last of two lines',
      { files: { '.env.sandbox': `API_URL=${at(1)}\nAPI_URL=${at(18)}` } },
      `${at(18)} (API_URL: .env.sandbox)`,
    ],
  ])('%s', async (_, options, wanted) => {
    expect(settings(await run(script, options))).toBe(wanted);
  });

  test('above the repository nothing is looked for', async () => {
    const result = await run(script, {
      files: { 'generated/.git': 'gitdir: x', '.env.sandbox': `API_URL=${at(11)}` },
    });
    expect(settings(result)).toBe('http://localhost:10 (API_URL: default)');
  });

  test('env files are read, never executed', async () => {
    const result = await run(script, {
      files: {
        '.env.sandbox':
          'touch canary\nA=$(touch canary)\nB=`touch canary`\nAPI_URL="$(touch canary)"\n',
      },
    });
    const { access } = await import('node:fs/promises');
    await expect(access(join(result.folder, 'canary'))).rejects.toThrow();
    expect([result.code, result.bailout]).toEqual([
      2,
      expect.stringContaining('API_URL is no address of a service: $(touch canary) (.env.sandbox)'),
    ]);
    expect(result.stderr).toContain('.env.sandbox:1: not a KEY=VALUE line');
  });

  test.each<[string, Options, string]>([
    [
      'an env file that is not there',
      { env: { SCENARIO_ENV_FILE: 'nowhere' } },
      'the env file cannot be read: nowhere',
    ],
    [
      'an address with a path',
      { env: { API_URL: 'http://x/api' } },
      'API_URL is no address of a service',
    ],
    ['an address without a scheme', { env: { API_URL: 'localhost:1' } }, 'API_URL is no address'],
    ['an address with a user', { env: { API_URL: 'http://a@b' } }, 'API_URL is no address'],
    ['a port that no machine has', { env: { API_URL: 'http://a:99999' } }, 'API_URL is no address'],
    [
      'a time scale of 0',
      { env: { SCENARIO_TIME_SCALE: '0' } },
      'SCENARIO_TIME_SCALE is not a number above 0: 0',
    ],
    ['a time scale over 0', { env: { SCENARIO_TIME_SCALE: '1/0' } }, 'SCENARIO_TIME_SCALE'],
    ['a time scale in words', { env: { SCENARIO_TIME_SCALE: 'fast' } }, 'SCENARIO_TIME_SCALE'],
    ['a negative time scale', { env: { SCENARIO_TIME_SCALE: '-1' } }, 'SCENARIO_TIME_SCALE'],
    [
      'evidence that cannot be written',
      { env: { SCENARIO_EVIDENCE_DIR: '/proc/none' } },
      'SCENARIO_EVIDENCE_DIR cannot be written',
    ],
  ])('%s is invalid', async (_, options, message) => {
    const result = await run(script, options);
    expect([result.code, result.bailout]).toEqual([2, expect.stringContaining(message)]);
    expect(result.lines.slice(0, 2)).toEqual(['TAP version 14', '1..1']);
  });

  test.each(['1', '0.05', '1/20', '.5', '08', '1.0'])(
    'a time scale of %s is understood',
    async (scale) => {
      const result = await run(script, { env: { SCENARIO_TIME_SCALE: scale } });
      expect(result.code).toBe(1);
    },
  );

  test('evidence goes where the caller says, from where the caller is', async () => {
    const result = await run(script, { env: { SCENARIO_EVIDENCE_DIR: 'a/b' } });
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(join(result.folder, 'a/b'))).toContain('events.ndjson');
    expect(result.points[0]?.diag['evidence']).toBe('a/b/01-r.body');
  });

  test('the settings of a log follow the same order', async () => {
    const result = await run(
      frame(
        [
          'service my-host API_URL default=http://localhost:10 log=file:/no',
          'log-readable my-host cure=x',
          'preflight',
        ],
        1,
      ),
      {
        files: { '.env.sandbox': 'SCENARIO_LOG_MY_HOST=file:/other/place\n' },
      },
    );
    expect(result.bailout).toContain('/other/place');
    await sleep(0);
  });
});
