import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Parser } from 'tap-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startBakery, type Bakery } from '../fixtures/bakery-server.ts';
import { scenario } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';
import { bakerySteps } from './additions.ts';
import { bakeryAnswers } from './answers.ts';

let project = '';
let bakery: Bakery;
const ids: Record<string, string> = {};

beforeAll(async () => {
  bakery = await startBakery({ speed: 2 });
  project = mkdtempSync(join(tmpdir(), 'new-scenario-bakery-'));
  writeFileSync(
    join(project, 'scenario.config.yaml'),
    `profile: ${join(root, 'test/fixtures/profiles/bakery')}\n`,
  );
  for (const [key, answers] of Object.entries(bakeryAnswers)) {
    const made = await scenario(project, ['new', '--from', '-', '--json'], {
      stdin: stringify(answers, { aliasDuplicateObjects: false }),
    });
    if (made.code !== 0) throw new Error(`${key}: ${made.stdout}${made.stderr}`);
    ids[key] = (JSON.parse(made.stdout) as { id: string }).id;
  }
  const source = join(project, 'generated', ids['smoke'] ?? '', 'scenario.yaml');
  appendFileSync(source, stringify({ additions: bakerySteps }, { aliasDuplicateObjects: false }));
  const renewed = await scenario(project, ['check', '--write']);
  if (renewed.code !== 0) throw new Error(renewed.stdout + renewed.stderr);
});
afterAll(async () => {
  await bakery.close();
  rmSync(project, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly points: readonly { readonly ok: boolean; readonly name: string }[];
  readonly last: string;
}

async function run(id: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(join(project, 'generated', id, 'run.sh'), [], {
    cwd: project,
    env: {
      PATH: [join(root, 'test/fixtures/bakery-cli'), process.env['PATH']].join(delimiter),
      BAKERY_URL: bakery.origin,
      SCENARIO_LOG_COUNTER: `file:${bakery.log}`,
      SCENARIO_TIME_SCALE: '0.5',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const tap = Buffer.concat(out).toString();
  const points = Parser.parse(tap).flatMap((event) =>
    event[0] === 'assert' ? [{ ok: event[1].ok, name: event[1].name }] : [],
  );
  return { code, points, last: tap.trimEnd().split('\n').at(-1) ?? '' };
}

describe('another system is a folder of data: each category runs green on it', () => {
  // One after the other: some judge the whole window of the log.
  test.each(Object.keys(bakeryAnswers))('%s', async (key) => {
    const { code, points, last } = await run(ids[key] ?? '');
    expect({ key, code, last, red: points.filter(({ ok }) => !ok) }).toEqual({
      key,
      code: 0,
      last: '# ✅ Integration test passed',
      red: [],
    });
    expect(points.length).toBeGreaterThan(0);
  });
});

describe('and red for the right reason', () => {
  test('a service that is not there blocks', async () => {
    expect(await run(ids['smoke'] ?? '', { BAKERY_URL: 'http://127.0.0.1:9' })).toMatchObject({
      code: 3,
    });
  });
  test('a command that is not there blocks', async () => {
    expect(await run(ids['recipe'] ?? '', { PATH: process.env['PATH'] })).toMatchObject({
      code: 3,
    });
  });
});

test('documents, scripts and index are as check gives them, and speak of the bakery only', async () => {
  expect(await scenario(project, ['check'])).toMatchObject({ code: 0 });
  for (const id of Object.values(ids)) {
    const text =
      readFileSync(join(project, 'generated', id, 'scenario.md'), 'utf8') +
      readFileSync(join(project, 'generated', id, 'run.sh'), 'utf8');
    expect(text).not.toMatch(/ktrdr|training|eurusd/i);
  }
});
