import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { indexPage, type IndexRow } from '../../src/files/index-page.ts';
import { commitFiles, type PlannedFile } from '../../src/io/commit.ts';
import { readEntry, rowOf, scenarioIds } from '../../src/io/library.ts';
import { openProject, readTemplates } from '../../src/io/project.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { runtimeFile, scaffold, sourceFile } from '../../src/scaffold.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import {
  atMost,
  compared,
  median,
  shown,
  type BenchOptions,
  type Figure,
  type Section,
} from './figure.ts';
import { answersFile, cli, inFolder, inTurn, root, timedNode } from './timed.ts';

/** What a library of a thousand scenarios costs: adding one, and checking all. */
export async function library({ rounds, large, say }: BenchOptions): Promise<Section> {
  return inFolder(async (folder) => {
    const [small, big] = [join(folder, 'small'), join(folder, 'big')];
    await fill(small, 10);
    await fill(big, 1_000);
    const figures = [
      ...(await adding(small, big, Math.min(rounds, 11))),
      await finding(big, Math.min(rounds, 11)),
      await sameWithoutCache(big),
      await checking(big, 60),
    ];
    if (large) {
      say('10,000 scenarios');
      const huge = join(folder, 'huge');
      await fill(huge, 10_000);
      figures.push(
        ...(await adding(small, huge, 3)).map(({ target: _none, ...figure }) => ({
          ...figure,
          what: `10,000: ${figure.what}`,
        })),
        { ...(await checking(huge)), what: '10,000: check of all' },
      );
    }
    return {
      name: 'a library of 1,000 scenarios, beside one of ten',
      commands: [
        'node dist/cli.js new --from examples/answers.yaml --set name=…',
        'node dist/cli.js find "cancel it half-way" --json',
        'node dist/cli.js check',
      ],
      figures,
    };
  });
}

/** Fills a project with this many scenarios, made of those that this repository ships. */
async function fill(cwd: string, count: number): Promise<void> {
  const shipped = openProject(root);
  const profile = await loadProfile(shipped.profile, { root });
  const models = scenarioIds(shipped).map((id) => readEntry(shipped, profile, id).scenario);
  mkdirSync(cwd, { recursive: true });
  const project = openProject(cwd);
  const templates = readTemplates(project);
  const files: PlannedFile[] = [];
  const rows: IndexRow[] = [];
  for (let number = 0; number < count; number += 1) {
    const model = models[number % models.length];
    if (!model) throw new Error('this repository ships no scenario');
    const { domain } = model.answers;
    const name = `${model.answers.name} ${number}`;
    const id = `${domain}/bench-${number}`;
    const scenario = { ...model, id, answers: { ...model.answers, name } };
    const { resolved, problems } = resolve(scenario, profile);
    if (!resolved) throw new Error(problems.map(({ message }) => message).join('; '));
    files.push(
      await sourceFile(scenario, project),
      ...(await scaffold(resolved, templates, project)),
    );
    rows.push(rowOf({ scenario, resolved, runs: [] }));
  }
  files.push(runtimeFile(templates, project));
  files.push({ path: project.index, text: indexPage(undefined, rows, project, profile.domains) });
  await commitFiles(files, { root: cwd, staging: project.staging });
}

async function adding(small: string, big: string, rounds: number): Promise<readonly Figure[]> {
  const add = async (cwd: string): Promise<number> => {
    const fresh = `name=Added ${performance.now()}`;
    const words = ['--', cli, 'new', '--from', answersFile, '--set', fresh];
    return (await timedNode(words, { cwd })).ms;
  };
  // Without a cache every scenario is read; that is the first command after a fresh checkout.
  const first = await add(big);
  await add(small);
  const [few = [], many = []] = await inTurn(
    rounds,
    [small, big].map((cwd) => () => add(cwd)),
  );
  return [
    compared('adding one, beside adding to ten', [median(many), median(few)], 'ms', 3),
    { what: 'adding one, without a cache', ours: shown(first, 'ms') },
  ];
}

/** What a search costs beside the list, which reads the same cache and ranks nothing. */
async function finding(cwd: string, rounds: number): Promise<Figure> {
  const ask = async (words: readonly string[]): Promise<number> =>
    (await timedNode(['--', cli, ...words], { cwd })).ms;
  const [found = [], listed = []] = await inTurn(rounds, [
    () => ask(['find', 'cancel it half-way', '--json']),
    () => ask(['list', '--json']),
  ]);
  return compared('find, beside list', [median(found), median(listed)], 'ms', 2);
}

/** The cache only saves time: without it the same bytes are written. */
async function sameWithoutCache(cwd: string): Promise<Figure> {
  const { index } = openProject(cwd);
  const add = (more: readonly string[]): Promise<unknown> =>
    timedNode(['--', cli, 'new', '--from', answersFile, '--set', 'name=Once more', ...more], {
      cwd,
    });
  await add([]);
  const withCache = readFileSync(join(cwd, index), 'utf8');
  rmSync(join(cwd, '.scenario'), { recursive: true });
  rmSync(join(cwd, index));
  await add(['--force']);
  const same = readFileSync(join(cwd, index), 'utf8') === withCache;
  return {
    what: 'the index, made again without a cache',
    ours: same ? 'the same bytes' : 'other bytes',
    target: { text: 'the same', met: same },
  };
}

async function checking(cwd: string, limit?: number): Promise<Figure> {
  const { ms, stdout } = await timedNode(['--', cli, 'check'], { cwd });
  const [line = ''] = stdout.split('\n');
  return {
    what: `check of all (${/^\d+/.exec(line)?.[0] ?? '?'})`,
    ours: shown(ms / 1000, 's'),
    ...(limit === undefined ? {} : { target: atMost(ms / 1000, limit, ' s') }),
  };
}
