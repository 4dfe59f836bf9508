import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario, treeOf } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

const folder = 'generated/training/training-cancellation';
const made = [
  `${folder}/scenario.yaml`,
  `${folder}/scenario.md`,
  `${folder}/run.sh`,
  'generated/runtime.sh',
  'docs/testing/SCENARIOS.md',
];

test('one command gives document, script and index, the script executable', async () => {
  const cwd = freshFolder();
  const { code, stdout, stderr } = await scenario(cwd, ['new', '--from', '-', '--json'], {
    stdin: stringify(cancellation),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    id: 'training/training-cancellation',
    files: made,
    warnings: [],
    dryRun: false,
  });
  expect(Object.keys(treeOf(cwd))).toEqual(made.toSorted());
  expect(treeOf(cwd)[`${folder}/run.sh`]).toMatch(/^755\n#!\/bin\/bash -p\n/);
});

test('a file, standard input, flags and JSON give the same bytes', async () => {
  const ways: readonly (readonly [args: readonly string[], stdin: string])[] = [
    [['--from', '-'], stringify(cancellation)],
    [['--from', 'answers.json'], ''],
    [
      Object.entries(cancellation).flatMap(([key, value]) => [
        '--set',
        typeof value === 'string' ? `${key}=${value}` : `${key}:=${JSON.stringify(value)}`,
      ]),
      '',
    ],
    [
      [
        '--from',
        'other.yaml',
        '--set',
        'name=Training Cancellation',
        '--set',
        'outcome.1.log.absent=no running event loop',
      ],
      '',
    ],
  ];
  const trees: unknown[] = [];
  for (const [args, stdin] of ways) {
    const cwd = freshFolder();
    const aside = freshFolder();
    writeFileSync(join(aside, 'answers.json'), JSON.stringify(cancellation));
    writeFileSync(
      join(aside, 'other.yaml'),
      stringify({
        ...cancellation,
        name: 'Other',
        outcome: [cancellation.outcome[0], { log: { service: 'backend', absent: 'x' } }],
      }),
    );
    const ended = await scenario(
      aside,
      [
        'new',
        ...args.map((arg) =>
          arg.endsWith('.json') || arg.endsWith('.yaml') ? join(aside, arg) : arg,
        ),
        '--cwd',
        cwd,
      ],
      { stdin },
    );
    expect(ended).toMatchObject({ code: 0 });
    trees.push(treeOf(cwd));
  }
  for (const tree of trees) expect(tree).toEqual(trees[0]);
});

test('generating twice gives the same bytes, and an existing scenario is not replaced without --force', async () => {
  const cwd = freshFolder();
  const answers = { stdin: stringify(cancellation) };
  await scenario(cwd, ['new', '--from', '-'], answers);
  const before = treeOf(cwd);
  const again = await scenario(cwd, ['new', '--from', '-', '--json'], answers);
  expect(again.code).toBe(2);
  expect(JSON.parse(again.stdout)).toMatchObject({
    error: { code: 'exists', where: `${folder}/scenario.yaml` },
  });
  expect(treeOf(cwd)).toEqual(before);
  expect(await scenario(cwd, ['new', '--from', '-', '--force'], answers)).toMatchObject({
    code: 0,
  });
  expect(treeOf(cwd)).toEqual(before);
});

test('--dry-run prints a diff that makes the tree, and writes nothing', async () => {
  const cwd = freshFolder();
  const { code, stdout } = await scenario(cwd, ['new', '--from', '-', '--dry-run'], {
    stdin: stringify(cancellation),
  });
  expect(code).toBe(0);
  expect(stdout).toContain(`--- /dev/null\n+++ b/${folder}/scenario.yaml\n`);
  expect(treeOf(cwd)).toEqual({});
  expect(existsSync(join(cwd, '.scenario'))).toBe(false);
});

test('everything wrong is told at once with place and cure; nothing is written', async () => {
  const cwd = freshFolder();
  const text =
    'name: X\ndomain: training\ncategory: cancelation\ntrigger: { kind: api, endpoint: training.start }\nflow: [backend]\noutcome: []\nmilestone: 4.50\n';
  const { code, stderr } = await scenario(cwd, ['new', '--from', '-'], { stdin: text });
  expect(code).toBe(2);
  expect(stderr).toBe(
    [
      '(stdin):3:11  unknown category "cancelation"',
      '  3 | category: cancelation',
      '    |           ^^^^^^^^^^^ did you mean "cancellation"? (smoke, progress, cancellation, error, integration)',
      '(stdin):6:10  outcome is empty: say at least one thing that proves it worked, such as - response: { status: 200 }',
      '  6 | outcome: []',
      '    |          ^^',
      '2 problems, nothing written.',
      '',
    ].join('\n'),
  );
  expect(treeOf(cwd)).toEqual({});
});

test.each([['4.5'], ['1.10'], ['010'], ['1e3'], ['0x10'], ['null-ish']])(
  'milestone %s keeps its spelling',
  async (milestone) => {
    const cwd = freshFolder();
    const text = `${stringify(cancellation)}milestone: ${milestone}\n`;
    expect(await scenario(cwd, ['new', '--from', '-'], { stdin: text })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, folder, 'scenario.md'), 'utf8')).toContain(
      `**Milestone**: ${milestone}`,
    );
  },
);

describe('usage', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'an unknown flag',
      ['new', '--form', 'x'],
      /unknown option '--form' \(Did you mean --from\?\)/,
    ],
    ['an unknown command', ['nwe'], /unknown command 'nwe' \(Did you mean new\?\)/],
    ['nothing to look for', ['find'], /nothing is asked for/],
    [
      'an endpoint that is none',
      ['find', '--endpoint', 'training.strat'],
      /did you mean training\.start\?/,
    ],
    ['--set without a value', ['new', '--set', 'name'], /--set name is not key=value/],
    ['--set with broken JSON', ['new', '--set', 'flow:=[a'], /--set flow:= is not JSON/],
    ['a file that is not there', ['new', '--from', 'nowhere.yaml'], /nowhere\.yaml/],
    ['no such folder', ['list', '--cwd', 'nowhere'], /there is no such folder/],
    ['an unknown schema', ['schema', 'answer'], /did you mean answers\?/],
  ])('%s', async (_what, args, expected) => {
    const { code, stdout, stderr } = await scenario(freshFolder(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('the index', () => {
  const at = 'docs/testing/SCENARIOS.md';
  const withIndex = (text: string): string => {
    const cwd = freshFolder();
    mkdirSync(join(cwd, 'docs/testing'), { recursive: true });
    writeFileSync(join(cwd, at), text);
    return cwd;
  };
  test.each([
    [
      'text around the markers',
      '# Mine\r\n\r\nbefore\r\n<!-- scenarios:begin -->\r\nold\r\n<!-- scenarios:end -->\r\nafter, without a last line break',
    ],
    ['no markers', '# Mine\n\nbefore\n'],
    ['an empty file', ''],
  ])('%s is kept byte for byte', async (_what, text) => {
    const cwd = withIndex(text);
    expect(
      await scenario(cwd, ['new', '--from', '-'], { stdin: stringify(cancellation) }),
    ).toMatchObject({ code: 0 });
    const page = readFileSync(join(cwd, at), 'utf8');
    const [before = '', rest = ''] = page.split('<!-- scenarios:begin -->');
    const [rows = '', after = ''] = rest.split('<!-- scenarios:end -->');
    expect(rows).toContain(
      '[Training Cancellation](../../generated/training/training-cancellation/scenario.md)',
    );
    if (text.includes('begin')) {
      expect(`${before}${after}`).toBe(
        '# Mine\r\n\r\nbefore\r\n\r\nafter, without a last line break',
      );
    } else expect(before).toContain(text.trim());
  });
  test.each([
    ['an end that is missing', 'a\n<!-- scenarios:begin -->\nb\n'],
    ['a begin that is missing', 'a\n<!-- scenarios:end -->\nb\n'],
    ['the wrong order', '<!-- scenarios:end -->\n<!-- scenarios:begin -->\n'],
    ['two of them', '<!-- scenarios:begin -->\n<!-- scenarios:begin -->\n<!-- scenarios:end -->\n'],
  ])('%s is refused, and nothing is written', async (_what, text) => {
    const cwd = withIndex(text);
    const { code, stderr } = await scenario(cwd, ['new', '--from', '-'], {
      stdin: stringify(cancellation),
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/SCENARIOS\.md:\d+: its markers are broken/);
    expect(Object.keys(treeOf(cwd))).toEqual([at]);
  });
});

test('another scenario that cannot be read is told, since the index leaves it out', async () => {
  const cwd = freshFolder();
  mkdirSync(join(cwd, 'generated/training/broken'), { recursive: true });
  writeFileSync(join(cwd, 'generated/training/broken/scenario.yaml'), 'schema: 2\n');
  const { stdout } = await scenario(cwd, ['new', '--from', '-', '--json'], {
    stdin: stringify(cancellation),
  });
  expect(JSON.parse(stdout)).toMatchObject({
    warnings: [
      { code: 'broken-scenario', message: expect.stringContaining('training/broken') as string },
    ],
  });
});

test('two generators at once lose nothing', async () => {
  const cwd = freshFolder();
  const names = ['A', 'B', 'C', 'D'];
  const ended = await Promise.all(
    names.map((name) =>
      scenario(cwd, ['new', '--from', '-', '--set', `name=Training ${name}`], {
        stdin: stringify(cancellation),
      }),
    ),
  );
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const page = readFileSync(join(cwd, 'docs/testing/SCENARIOS.md'), 'utf8');
  for (const name of names) expect(page).toContain(`[Training ${name}]`);
  expect(await scenario(cwd, ['check'])).toMatchObject({ code: 0 });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be written to is named, and left as it was',
  async () => {
    const cwd = freshFolder();
    chmodSync(cwd, 0o555);
    const { code, stderr } = await scenario(cwd, ['new', '--from', '-'], {
      stdin: stringify(cancellation),
    });
    expect(code).toBe(2);
    expect(stderr).toContain('cannot');
  },
);
