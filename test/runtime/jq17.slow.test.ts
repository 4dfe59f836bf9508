import { symlink, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweep, verbs, type Answer } from './harness.ts';

/** jq 1.7 and 1.6 judge alike. 1.6 is the one that the other tests run with, where Debian's is installed. */
let bin = '';
beforeAll(async () => {
  bin = await mkdtemp(join(tmpdir(), 'jq17-'));
  await symlink(fileURLToPath(new URL('jq-shim.cjs', import.meta.url)), join(bin, 'jq'));
});
afterAll(async () => {
  await rm(bin, { recursive: true });
  await sweep();
});

const routes: Record<string, Answer> = {
  'GET /r': {
    headers: { 'x-made-by': 'test' },
    json: {
      text: 'running',
      n: 51.2,
      whole: 100,
      numeral: '100',
      nothing: null,
      list: ['a', 1],
      deep: [{ 'odd key': 'x' }],
      id: 'op_1',
      big: 2 ** 70,
      trace: ['Traceback (most'],
    },
  },
  'GET /nan': { body: '{"text":"running","x":nan}' },
  'GET /infinity': { body: '[Infinity]' },
  'GET /empty': { body: '' },
  'GET /two': { body: '{"text":1} 2' },
  'GET /op': [10, 20, 100].map((percentage) => ({
    json: { status: percentage === 100 ? 'completed' : 'running', percentage },
  })),
};

describe.concurrent('with jq 1.7', () => {
  // One script for all: this jq starts slowly.
  test('conditions hold and fail as with 1.6', async () => {
    const cases: [holds: boolean, path: string, condition: string][] = [
      [
        true,
        '/r',
        '.text equals running and .n gt 0 lt 100 and .whole equals 1e2 and \'.deep[0]["odd key"]\' equals x',
      ],
      [
        true,
        '/r',
        ".list contains a and .text matches '^run' and header:X-Made-By equals test and .trace lacks nothing and .id in '[\"op_1\"]'",
      ],
      [
        true,
        '/r',
        '.nothing exists false and .missing exists false and .nothing equals null and .list equals \'["a",1]\'',
      ],
      [false, '/r', '.missing lt 100'],
      [false, '/r', '.text gt 100'],
      [false, '/r', '.numeral equals 100'],
      [false, '/r', '.whole equals 0100'],
      [false, '/r', '.list contains A'],
      [false, '/r', '. lacks Traceback'],
      [false, '/r', 'header:Location exists true'],
      [false, '/nan', '.text equals running'],
      [false, '/infinity', '. exists true'],
      [false, '/empty', '. exists true'],
      [false, '/two', '.text equals 1'],
    ];
    const result = await verbs(
      routes,
      cases.length,
      [
        "step 's'",
        ...cases.flatMap(([, path, condition], i) => [
          `request r${i} GET backend ${path}`,
          `check c c r${i} ${condition} defect=d`,
        ]),
      ],
      { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } },
    );
    expect(cases.map(([, , condition], i) => [result.points[i]?.ok, condition])).toEqual(
      cases.map(([holds, , condition]) => [holds, condition]),
    );
    expect(result.points.filter((p) => !p.ok && !p.diag['actual'])).toEqual([]);
  });

  test('a whole run', async () => {
    const result = await verbs(
      routes,
      6,
      [
        'ready backend /r .text equals running cure=x',
        'preflight',
        "step 's'",
        'request r GET backend /r',
        "capture id id id r .id matches '^op_'",
        'poll p p p GET backend /op every=1 within=400 progress=.percentage until .status equals completed ends .status equals completed',
        'series s s p .percentage never-falls',
        'series e e p .percentage ends-at 100',
        'check same same r .id same-as id',
        'capture big big big r .big',
      ],
      { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } },
    );
    expect([result.code, result.points.map((p) => p.ok)]).toEqual([
      1,
      [true, true, true, true, true, false],
    ]);
  });

  test.each([
    ['a broken pattern', ".text matches '('"],
    ['an order against text', '.whole gt many'],
  ])('%s is invalid', async (_, condition) => {
    const result = await verbs(
      routes,
      1,
      ["step 's'", 'request r GET backend /r', `check c c r ${condition}`],
      { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } },
    );
    expect(result.code).toBe(2);
  });
});
