import { appendFileSync, copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { api, frame, run, sweep, type Options, type Result } from './harness.ts';

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.map((f) => rm(f, { recursive: true, force: true })));
  await sweep();
});

interface Logged {
  /** What is in the log before the run. */
  before?: string;
  /** What the service does with its log when it is asked to work. */
  work?: (file: string) => void;
  /** What it logs for a beacon; default is the line that the profile promises. */
  beacon?: ((file: string, nonce: string) => void) | null;
  options?: Options;
  source?: string;
}

const beaconLine = "beacon backend '/api/nothing?b={nonce}' 'GET /api/nothing?b={nonce}'";

async function logged(checks: string[], how: Logged = {}): Promise<Result & { file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  folders.push(folder);
  const file = join(folder, 'service.log');
  writeFileSync(file, how.before ?? 'ERROR of yesterday, op_1\n');
  const beacon =
    how.beacon === undefined
      ? (f: string, nonce: string): void =>
          appendFileSync(f, `INFO GET /api/nothing?b=${nonce} 404\n`)
      : how.beacon;
  const backend = await api({
    'POST /work': () => {
      how.work?.(file);
      return { json: { id: 'op_1', none: null } };
    },
    'GET /api/nothing': (request) => {
      beacon?.(file, request.url.split('=')[1] ?? '');
      return { status: 404 };
    },
  });
  const result = await run(
    frame(
      [
        `service backend API_URL default=${backend.origin} log=${how.source ?? `file:${file}`}`,
        ...(how.beacon === null ? [] : [beaconLine]),
        "log-readable backend cure='mount the log'",
        'preflight',
        "step 'Work'",
        'request r POST backend /work',
        'capture id got got r .id',
        ...checks,
      ],
      checks.length + 1,
    ),
    how.options,
  );
  await backend.close();
  return { ...result, file };
}

const wrote =
  (text: string) =>
  (file: string): void =>
    appendFileSync(file, text);

const last = (result: Result): unknown => [result.code, ...result.points.slice(1).map((p) => p.ok)];

describe.concurrent('a check on a log', () => {
  test.each<[name: string, check: string, work: string, holds: boolean]>([
    ['present', "log l l backend present 'started op_1'", 'INFO started op_1\n', true],
    [
      'present with a capture',
      "log l l backend present 'started {id}'",
      'INFO started op_1\n',
      true,
    ],
    [
      'present, fixed text and no pattern',
      "log l l backend present 'a.c' within=0.3",
      'abc\n',
      false,
    ],
    ['present, not there', "log l l backend present 'started' within=0.3", '', false],
    ['present only before the run', "log l l backend present 'yesterday' within=0.3", '', false],
    ['present with a dash in front', "log l l backend present '-e x'", 'x -e x\n', true],
    [
      'present in colours',
      "log l l backend present 'started op_1'",
      '\u001b[32mstarted\u001b[0m \u001b[1;4mop_1\u001b[m\n',
      true,
    ],
    ['present without a line break at the end', 'log l l backend present started', 'started', true],
    [
      'present beside binary bytes',
      'log l l backend present started',
      '\u0000\u0001\u00ff\nstarted\u0000\n',
      true,
    ],
    [
      'present in a very long line',
      'log l l backend present needle',
      `${'x'.repeat(3_000_000)}needle\n`,
      true,
    ],
    [
      'present among very many lines',
      'log l l backend present needle',
      `needle\n${'some line\n'.repeat(300_000)}`,
      true,
    ],
    ['matches', "log l l backend matches 'epoch [0-9]+/10'", 'epoch 3/10\n', true],
    ['matches not', "log l l backend matches 'epoch [a-z]+/10' within=0.3", 'epoch 3/10\n', false],
    ['absent', "log l l backend absent 'no running event loop'", 'INFO fine\n', true],
    [
      'absent, there',
      "log l l backend absent 'no running event loop'",
      'x: no running event loop\n',
      false,
    ],
    ['absent, there only before the run', "log l l backend absent 'yesterday'", '', true],
    [
      'clean',
      "log l l backend clean ids=id errors='ERROR|Traceback'",
      'INFO op_1\nERROR of somebody else op_2\n',
      true,
    ],
    [
      'clean, an error of this run',
      "log l l backend clean ids=id errors='ERROR|Traceback'",
      'ERROR op_1 broke\n',
      false,
    ],
    [
      'clean, known noise',
      "log l l backend clean ids=id errors='ERROR' noise='cancel(l)?ed$' noise=zzz",
      'ERROR op_1 cancelled\n',
      true,
    ],
    [
      'clean, noise and an error',
      "log l l backend clean ids=id errors='ERROR' noise='cancelled$'",
      'ERROR op_1 cancelled\nERROR op_1 lost\n',
      false,
    ],
    [
      'clean without ids: every line of the window',
      "log l l backend clean ids= errors='ERROR'",
      'ERROR of somebody else op_2\n',
      false,
    ],
    ['clean without ids, clean', "log l l backend clean ids= errors='ERROR'", 'INFO\n', true],
  ])('%s', async (_, check, work, holds) => {
    const result = await logged([check], { work: wrote(work) });
    expect(last(result)).toEqual([holds ? 0 : 1, holds]);
  });

  test('waits for a line that comes late', async () => {
    const result = await logged(['log l l backend present late within=10'], {
      work: (file) => void setTimeout(() => appendFileSync(file, 'late\n'), 500),
    });
    expect(last(result)).toEqual([0, true]);
  });

  test.each<[string, string]>([
    ['absent', "log l l backend absent 'boom' within=0.4"],
    ['clean', "log l l backend clean ids=id errors='ERROR' within=0.4"],
  ])('%s holds only if the log is seen to move: no beacon, no green', async (_, check) => {
    const result = await logged([check], { beacon: () => {} });
    expect(last(result)).toEqual([1, false]);
    expect(result.points[1]?.diag['actual']).toMatch(/the log does not show what the service does/);
  });

  test('a beacon of another run does not count', async () => {
    const result = await logged(["log l l backend absent 'boom' within=0.4"], {
      beacon: (file) => appendFileSync(file, 'INFO GET /api/nothing?b=n1x2b1 404\n'),
    });
    expect(last(result)).toEqual([1, false]);
  });

  test('a service without a beacon says so', async () => {
    const result = await logged(["log l 'no boom' backend absent 'boom'"], { beacon: null });
    expect([result.code, result.points[1]?.name]).toEqual([
      0,
      'no boom (no beacon: the log itself is not proven to be watched)',
    ]);
  });

  const before = 'ERROR of yesterday\n'.repeat(20);
  test.each<[string, boolean, (file: string) => void]>([
    [
      'renamed, and begun anew',
      true,
      (file) => {
        appendFileSync(file, 'one op_1\n');
        renameSync(file, `${file}.1`);
        writeFileSync(file, 'two op_1\n');
      },
    ],
    [
      'copied and truncated',
      true,
      (file) => {
        appendFileSync(file, 'one op_1\n');
        copyFileSync(file, `${file}.1`);
        writeFileSync(file, 'two op_1\n');
      },
    ],
    [
      'truncated without a copy',
      false,
      (file) => {
        writeFileSync(file, 'one op_1\ntwo op_1\n');
      },
    ],
    [
      'truncated, and longer than before since',
      false,
      (file) => {
        writeFileSync(file, `one op_1\ntwo op_1\n${'x'.repeat(before.length)}\n`);
      },
    ],
    [
      'renamed twice',
      false,
      (file) => {
        renameSync(file, `${file}.2`);
        writeFileSync(`${file}.1`, 'zero op_1\n');
        writeFileSync(file, 'one op_1\ntwo op_1\n');
      },
    ],
  ])('a rotation in the run: %s: nothing is lost: %s', async (_, whole, work) => {
    const result = await logged(
      [
        "log a a backend present 'one op_1'",
        "log b b backend present 'two op_1'",
        "log c c backend absent 'yesterday'",
      ],
      { work, before },
    );
    expect(last(result)).toEqual([whole ? 0 : 1, true, true, whole]);
    if (!whole) expect(result.points[3]?.diag['actual']).toMatch(/the log was cut/);
  });

  test('the window is evidence', async () => {
    const result = await logged(["log l l backend present 'started'"], {
      work: wrote('started \u001b[1mop_1\u001b[0m\n'),
    });
    expect(result.evidence['01-l.log']).toBe('started op_1\n');
  });

  test('received text forges nothing', async () => {
    const result = await logged(["log l l backend absent 'boom'"], {
      work: wrote('boom\r\u009b2J\u001b]0;x\u0007 "ok 9" # TODO\nok 9 - forged\nBail out!\n'),
    });
    expect(result.lines.filter((l) => /^(ok|Bail)/.test(l))).toEqual(['ok 1 - got']);
    expect(String(result.points[1]?.diag['actual'])).toMatch(/^1 such lines, the first: "boom/);
  });

  test.each([
    ['an empty text', "log l l backend present ''"],
    ['two lines', "log l l backend absent 'a\nb'"],
    ['a broken pattern', "log l l backend matches '('"],
    ['a service that is not there', "log l l nobody present 'x'"],
    ['an unknown check', "log l l backend contains 'x'"],
    ['nothing captured', 'log l l backend clean ids=other errors=x'],
  ])('%s is invalid', async (_, check) => {
    expect((await logged([check])).code).toBe(2);
  });

  const docker = String.raw`#!/bin/bash
here=$(dirname "$0")/..
printf '%s\n' "$*" >>"$here/docker.calls"
[ -e "$here/docker.down" ] && { echo "no such service: $*" >&2; exit 1; }
since=''
while [ $# -gt 0 ]; do [ "$1" = --since ] && since=$2; shift; done
[ -n "$since" ] && cat "$LOGFILE"
exit 0
`;

  test('docker compose: the lines since the start of the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'log-'));
    folders.push(folder);
    const file = join(folder, 'of-docker.log');
    writeFileSync(file, '');
    const result = await logged(
      ["log a a backend present 'started op_1'", "log b b backend absent 'boom'"],
      {
        source: 'compose:api',
        work: () => appendFileSync(file, 'started op_1\n'),
        beacon: (_, nonce) => appendFileSync(file, `INFO GET /api/nothing?b=${nonce} 404\n`),
        options: {
          files: { 'bin/docker': docker },
          via: (p) => ({
            command: 'bash',
            args: ['-c', 'PATH=$PWD/bin:$PATH LOGFILE=$1 exec "$2"', 'x', file, p],
          }),
        },
      },
    );
    expect(last(result)).toEqual([0, true, true]);
    const calls = readFileSync(join(result.folder, 'docker.calls'), 'utf8').split('\n');
    expect(calls[0]).toBe('compose logs --no-color --no-log-prefix --tail 1 api');
    expect(calls[1]).toMatch(
      /^compose logs --no-color --no-log-prefix --since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z api$/,
    );
  });

  test('docker compose that does not work: blocked', async () => {
    const result = await logged(["log a a backend present 'x'"], {
      source: 'compose:api',
      options: {
        files: { 'bin/docker': docker, 'docker.down': '' },
        via: (p) => ({ command: 'bash', args: ['-c', 'PATH=$PWD/bin:$PATH exec "$1"', 'x', p] }),
      },
    });
    expect([result.code, result.bailout]).toEqual([3, expect.stringContaining('no such service')]);
    expect(result.stdout).toContain('# cure: mount the log');
  });

  test.each([
    ['on a log', 'log-readable backend lock cure=wait'],
    ['by its name', 'lock ib'],
  ])('a lock %s lets one run at a time, and a dead holder is no holder', async (_, verb) => {
    const shared = await mkdtemp(join(tmpdir(), 'lock-'));
    folders.push(shared);
    const file = join(shared, 'x.log');
    writeFileSync(file, '');
    let inside = 0;
    let most = 0;
    const backend = await api({
      'POST /in': () => {
        inside += 1;
        most = Math.max(most, inside);
        return { json: {}, after: 200 };
      },
      'POST /out': () => {
        inside -= 1;
        return { json: {} };
      },
    });
    const script = frame(
      [
        `service backend API_URL default=${backend.origin} log=file:${file}`,
        verb,
        'preflight',
        "step 's'",
        'request a POST backend /in',
        'check a a a status equals 200',
        'request b POST backend /out',
        'check b b b status equals 200',
      ],
      2,
    );
    const env = { TMPDIR: shared };
    const first = await run(script, {
      env,
      during: async (child) => {
        await backend.seen('POST', '/in');
        child.kill('SIGKILL');
      },
    });
    expect(first.code).toBe(null);
    inside = 0;
    const both = await Promise.all([
      run(script, { env }),
      run(script, { env }),
      run(script, { env }),
    ]);
    await backend.close();
    expect([both.map((r) => r.code), most]).toEqual([[0, 0, 0], 1]);
  });
});

describe('what stands behind a text', () => {
  const tied = (file: string): void =>
    appendFileSync(file, 'INFO tied op_1 → far_7-a now\nINFO tied op_1 → far_9\n');

  test('is captured from the first such line, as far as it matches', async () => {
    const result = await logged(
      [
        "log ties 'it is tied' backend present 'tied {id} → ' takes=far what='far_[0-9a-z-]+'",
        "log names 'the other name is there' backend present '{far} now'",
      ],
      { work: tied },
    );
    expect(result).toMatchObject({ code: 0 });
    expect(result.stderr).toContain('far = far_7-a');
  });

  test.each([
    ['.id', 0],
    ['.none', 1],
    ['.missing', 1],
    ['.', 1],
  ])('differs from %s: exit %i', async (field, code) => {
    const ties =
      "log ties 'it is tied' backend present 'tied {id} → ' takes=far what='far_[0-9a-z-]+'";
    const result = await logged([ties, `check other 'another' r ${field} differs-from far`], {
      work: tied,
    });
    expect(result).toMatchObject({ code });
  });

  test('is missed where it does not match: the point fails, and says what stands there', async () => {
    const result = await logged(
      ["log ties 'it is tied' backend present 'tied {id} → ' takes=far what='near_[0-9]+'"],
      { work: tied },
    );
    expect(result).toMatchObject({ code: 1 });
    expect(result.stdout).toContain('far_7-a now');
  });

  test.each([
    "log ties 'it is tied' backend present 'tied' takes=far",
    "log ties 'it is tied' backend absent 'tied' takes=far what=x",
  ])('%s is refused', async (check) => {
    expect(await logged([check])).toMatchObject({ code: 2 });
  });
});
