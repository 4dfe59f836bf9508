import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Told } from '../../src/errors.ts';
import { compileProfile } from '../../src/profile/compile.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { parseProfile } from '../../src/profile/parse.ts';
import type { ProfileFile } from '../../src/profile/sources.ts';
import { lastingFolder } from '../support/folders.ts';
import { ktrdr, ktrdrFiles, root } from './ktrdr.ts';

describe('where a profile is found', () => {
  test('shipped, by name', async () => {
    expect(await loadProfile('ktrdr', { root: lastingFolder() })).toEqual(ktrdr);
  });

  test('by folder', async () => {
    expect((await loadProfile('./profiles/ktrdr', { root })).name).toBe('ktrdr');
    expect((await loadProfile('test/fixtures/profiles/bakery', { root })).name).toBe('bakery');
  });

  test('the project’s own comes first', async () => {
    const project = projectWith('ktrdr', [
      ...ktrdrFiles.filter(({ path }) => !path.endsWith('/profile.yaml')),
      changed('profile.yaml', 'title: KTRDR trading research system', 'title: Ours'),
    ]);
    expect((await loadProfile('ktrdr', { root: project })).title).toBe('Ours');
  });

  test('compiled, beside a bundle', async () => {
    const dist = lastingFolder();
    mkdirSync(join(dist, 'profiles'));
    writeFileSync(
      join(dist, 'profiles/ktrdr.json'),
      compileProfile({ ...ktrdr, title: 'Compiled' }),
    );
    const loaded = await loadProfile('ktrdr', { root: lastingFolder(), module: dist });
    expect(loaded).toEqual({ ...ktrdr, title: 'Compiled' });
  });

  test('not there: the nearest name', async () => {
    const error = await told(loadProfile('ktdr', { root: lastingFolder() }));
    expect(error).toMatchObject({ code: 'unknown-profile', exitCode: 2 });
    expect(error.message).toBe('there is no profile ktdr; did you mean ktrdr?');
  });

  test('an empty folder', async () => {
    const error = await told(loadProfile('./x', { root: projectWith('y', [], 'x') }));
    expect(error).toMatchObject({ code: 'invalid-profile', where: 'x' });
  });
});

/** A change of one file, and what is told: path, part of the message, file and line of the change. */
const breaks: readonly (readonly [string, string, string, string, string])[] = [
  [
    'services.yaml',
    'default: http://localhost:8000',
    'default: localhost',
    'services.backend.default',
    'an origin such as',
  ],
  [
    'services.yaml',
    'variable: KTRDR_API_URL',
    'variable: api',
    'services.backend.variable',
    'BAKERY_URL',
  ],
  [
    'services.yaml',
    'purpose: main',
    'purpos: main',
    'services.backend.purpos',
    'there is no key purpos',
  ],
  [
    'services.yaml',
    'api: { title: API routes, service: backend }',
    'api: { title: API, service: backnd }',
    'components.api.service',
    'there is no service backnd',
  ],
  [
    'services.yaml',
    "errors: '(",
    "errors: '((",
    'services.backend.log.errors',
    'not a regular expression',
  ],
  [
    'endpoints.yaml',
    'starts: training',
    'starts: trainin',
    'endpoints.training.start.starts',
    'there is no operation trainin',
  ],
  [
    'operations.yaml',
    'worker: training-worker',
    'worker: worker',
    'operations.training.worker',
    'there is no component worker',
  ],
  [
    'operations.yaml',
    'get: operations.get',
    'get: operations.list',
    'operations.training.get',
    'holds no {id}',
  ],
  [
    'operations.yaml',
    'mode: local',
    'mode: locally',
    'operations.training.evidence.0.mode',
    'there is no mode value locally',
  ],
  [
    'operations.yaml',
    'path: .task_id',
    'path: task_id',
    'operations.training.id.path',
    'not a path into JSON',
  ],
  [
    'calibrations.yaml',
    'timeframe: 1d',
    'timeframe: 1day',
    'calibrations.training/smoke.parameters.timeframe',
    'there is no 1day here',
  ],
  [
    'calibrations.yaml',
    "end: '2024-12-31'",
    "end: '2024-02-30'",
    'calibrations.training/smoke.parameters.end',
    'there is no day 2024-02-30',
  ],
  [
    'calibrations.yaml',
    'endpoint: training.start',
    'endpoint: training.stat',
    'calibrations.training/smoke.endpoint',
    'there is no endpoint training.stat',
  ],
  [
    'calibrations.yaml',
    'fits: [smoke, integration, error]',
    'fits: [cancellation]',
    'calibrations.training/smoke',
    'cancelAt',
  ],
  [
    'replies.yaml',
    'status: 404\n    expect',
    'status: 400\n    expect',
    'refusals.2',
    'has a shape for 400 already',
  ],
  ['profile.yaml', 'schema: 1', 'schema: 2', 'schema', '1'],
];

describe('what is wrong is told', () => {
  test.each(breaks)('%s: %s → %s', (file, from, to, path, message) => {
    const error = broken(replaced(file, from, to));
    expect(error).toMatchObject({ code: 'invalid-profile', exitCode: 2 });
    const issue = error.issues?.find((one) => one.path === path);
    expect(error.issues?.map((one) => one.path)).toContain(path);
    expect(issue?.message).toContain(message);
    const { text } = changed(file, from, to);
    expect(issue?.line).toBeGreaterThan(0);
    const lines = text.slice(0, text.indexOf(to)).split('\n');
    expect(Math.abs((issue?.line ?? 0) - lines.length)).toBeLessThan(15);
    expect(error.detail).toContain(`profiles/ktrdr/${file}:${issue?.line}`);
  });

  test('all at once, each with its file and line', () => {
    const twoFiles = ktrdrFiles.map((file) =>
      file.path.endsWith('services.yaml')
        ? changed('services.yaml', 'service: backend }', 'service: backnd }')
        : file.path.endsWith('endpoints.yaml')
          ? changed('endpoints.yaml', 'domain: training', 'domain: trainig')
          : file,
    );
    const error = broken(twoFiles);
    expect(error.issues).toMatchObject([
      { path: 'components.api.service', nearest: 'backend' },
      { path: 'endpoints.training.start.domain', nearest: 'training' },
    ]);
    expect(error.message).toMatch(/\(and 1 more\)$/);
    expect(error.where).toMatch(/^profiles\/ktrdr\/services\.yaml:\d+:\d+$/);
  });

  test('a key in two files', () => {
    const error = broken([...ktrdrFiles, { path: 'more.yaml', text: 'tools: []\nleaks: []\n' }]);
    expect(error.issues).toMatchObject([
      {
        path: 'tools',
        message: 'the key tools is in profiles/ktrdr/profile.yaml already',
        line: 1,
      },
      { path: 'leaks', line: 2 },
    ]);
  });

  test.each([
    ['a: [', 'more.yaml:1'],
    ['a: 1\na: 2\n', 'more.yaml:2'],
    ['- a\n', 'more.yaml'],
  ])('broken YAML: %j', (text, where) => {
    const error = broken([{ path: 'more.yaml', text }]);
    expect(error.where).toContain(where);
  });

  test('nothing at all', () => {
    expect(broken([]).issues?.map(({ path }) => path)).toContain('services');
  });
});

function replaced(file: string, from: string, to: string): ProfileFile[] {
  return ktrdrFiles.map((one) => (one.path.endsWith(`/${file}`) ? changed(file, from, to) : one));
}

function changed(file: string, from: string, to: string): ProfileFile {
  const found = ktrdrFiles.find(({ path }) => path.endsWith(`/${file}`));
  if (!found?.text.includes(from)) throw new Error(`${file} holds no ${from}`);
  return { path: found.path, text: found.text.replace(from, () => to) };
}

function broken(files: readonly ProfileFile[]): Told {
  try {
    parseProfile(files);
  } catch (error) {
    if (error instanceof Told) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

async function told(work: Promise<unknown>): Promise<Told> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  if (error instanceof Told) return error;
  throw new Error('nothing was told', { cause: error });
}

function projectWith(name: string, files: readonly ProfileFile[], extra = 'profiles'): string {
  const project = lastingFolder();
  mkdirSync(join(project, extra, name, 'versions'), { recursive: true });
  for (const { path, text, version } of files) {
    const folder = join(project, extra, name, version === undefined ? '' : 'versions');
    writeFileSync(join(folder, path.split('/').at(-1) ?? path), text);
  }
  return project;
}
