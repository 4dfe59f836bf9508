import { fileURLToPath } from 'node:url';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compared, median, type BenchOptions, type Section } from './figure.ts';
import { answersFile, cli, inFolder, inTurn, timedNode, weighed } from './timed.ts';

/** A cold `scenario new --from` beside hygen, which writes the same files with the same bytes. */
export async function generation({ rounds }: BenchOptions): Promise<Section> {
  return inFolder(async (folder) => {
    const reference = await made(folder, 'reference');
    const ours = ['--', cli, 'new', '--from', answersFile];
    const theirs = [
      '--',
      fileURLToPath(import.meta.resolve('hygen/dist/bin.js')),
      'scenario',
      'new',
    ];
    const sides = [
      { args: ours, fresh: (): string => freshProject(folder, 'ours') },
      {
        args: theirs,
        fresh: (): string => withTemplates(freshProject(folder, 'hygen'), reference),
      },
      { args: ['-e', '0'], fresh: (): string => freshProject(folder, 'bare') },
    ];
    const [a = [], b = [], bare = []] = await inTurn(
      rounds,
      sides.map(
        ({ args, fresh }) =>
          async () =>
            (await timedNode(args, { cwd: fresh() })).ms,
      ),
    );
    refuseDifference(reference, filesOf(join(folder, 'ours')), 'the command');
    refuseDifference(reference, filesOf(join(folder, 'hygen')), 'hygen');
    const weights = await inTurn(
      Math.min(rounds, 9),
      sides.slice(0, 2).map(
        ({ args, fresh }) =>
          () =>
            weighed(args, { cwd: fresh() }),
      ),
    );
    const [own = [], hygens = []] = weights;
    return {
      name: `a new scenario, cold: ${Object.keys(reference).length} files with equal bytes (${rounds} rounds in turn, medians)`,
      commands: ['node dist/cli.js new --from examples/answers.yaml', 'hygen scenario new'],
      figures: [
        compared('wall time, beside hygen', [median(a), median(b)], 'ms', 1),
        compared('wall time, beside node -e 0', [median(a), median(bare)], 'ms'),
        compared(
          'time on the processor, beside hygen',
          [median(own.map(({ cpuMs }) => cpuMs)), median(hygens.map(({ cpuMs }) => cpuMs))],
          'ms',
        ),
        compared(
          'peak memory, beside hygen',
          [
            median(own.map(({ megabytes }) => megabytes)),
            median(hygens.map(({ megabytes }) => megabytes)),
          ],
          'MB',
        ),
      ],
    };
  });
}

async function made(folder: string, name: string): Promise<Files> {
  const cwd = freshProject(folder, name);
  await timedNode(['--', cli, 'new', '--from', answersFile], { cwd });
  return filesOf(cwd);
}

function freshProject(folder: string, name: string): string {
  const cwd = join(folder, name);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  return cwd;
}

interface Files {
  readonly [path: string]: string;
}

/** The files below a folder, but for what isn't kept in version control, and hygen's templates. */
function filesOf(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .filter((path) => !/^(?:\.scenario|_templates)\//.test(path))
    .toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Our files as hygen's templates: `<%` is what it would take for its own. */
function withTemplates(cwd: string, reference: Files): string {
  for (const [index, [path, text]] of Object.entries(reference).entries()) {
    const template = join(cwd, '_templates/scenario/new', `${index}.ejs.t`);
    mkdirSync(dirname(template), { recursive: true });
    writeFileSync(template, `---\nto: ${path}\n---\n${text.replaceAll('<%', '<%%')}`);
  }
  return cwd;
}

function refuseDifference(reference: Files, files: Files, who: string): void {
  const paths = new Set([...Object.keys(reference), ...Object.keys(files)]);
  const different = [...paths].filter((path) => reference[path] !== files[path]);
  if (different.length > 0)
    throw new Error(
      `${who} wrote other bytes: ${different.map((path) => relative('.', path)).join(', ')}`,
    );
}
