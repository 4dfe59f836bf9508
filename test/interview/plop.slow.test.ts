import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtCli, freshFolder, treeOf } from '../support/cli.ts';
import { root } from '../support/ktrdr.ts';
import { made } from './asking.ts';

const plop = ['--import', 'tsx', '--', join(root, 'node_modules/plop/bin/plop.js'), '--plopfile'];

test('there is one copy of inquirer, the one that plop carries', () => {
  const tree = execFileSync('npm', ['ls', 'inquirer', '--all', '--parseable'], { cwd: root });
  const places = String(tree)
    .split('\n')
    .filter((line) => line.endsWith('/node_modules/inquirer'));
  expect(places).toEqual([join(root, 'node_modules/inquirer')]);
});

test('a question that cannot be loaded does not end with 0', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'src'));
  const file = join(folder, 'plopfile.ts');
  writeFileSync(
    file,
    `export default (plop) => plop.setGenerator('scenario', { prompts: async () => import('./src/gone.ts'), actions: [] });`,
  );
  const { status, stderr } = spawnSync(process.execPath, [...plop, file], { cwd: root, input: '' });
  expect(status).toBe(1);
  expect(String(stderr)).toContain('gone.ts');
});

const smoke = {
  name: 'Training Smoke',
  domain: 'training',
  category: 'smoke',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'training-service', 'training-worker'],
  outcome: [{ state: { path: '.data.status', equals: 'completed' } }],
  calibration: 'training/smoke',
};

/** A real terminal, where there is a tmux. */
const tmux = spawnSync('tmux', ['-V']).status === 0;

describe.skipIf(!tmux)('at a real terminal (needs tmux)', { timeout: 120_000 }, () => {
  test("plop's command line: nine key-presses besides the name, and the bytes of the other door", async () => {
    const cwd = freshFolder();
    const screen = terminal([...plop, 'plopfile.ts', '--dest', cwd]);
    await screen.sees('? Name');
    screen.press('Training Smoke');
    await screen.sees('folder training-smoke');
    for (const next of [
      'Domain',
      'Trigger',
      'Flow',
      'Category',
      'Outcome',
      'Data',
      'Milestone',
      'Write it',
    ]) {
      screen.press('Enter');
      await screen.sees(`? ${next}`); // oxlint-disable-line no-await-in-loop -- one key after the other
    }
    screen.press('Enter');
    await screen.sees('ended 0');
    expect(treeOf(cwd)).toEqual(treeOf(await made(smoke)));
  });

  test('the built command asks only for what flags do not say', async () => {
    const cwd = freshFolder();
    const given = { ...smoke, name: undefined };
    const set = Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : ['--set', `${key}:=${JSON.stringify(value)}`],
    );
    const screen = terminal(['--', builtCli, 'new', '--cwd', cwd, ...set]);
    await screen.sees('? Name');
    screen.press('Training Smoke');
    screen.press('Enter');
    await screen.sees('? Milestone');
    screen.press('Enter');
    await screen.sees('? Write it');
    screen.press('Enter');
    await screen.sees('ended 0');
    expect(treeOf(cwd)).toEqual(treeOf(await made(smoke)));
  });

  test("plop's command line: Ctrl-C ends with 130 and writes nothing", async () => {
    const cwd = freshFolder();
    const screen = terminal([...plop, 'plopfile.ts', '--dest', cwd]);
    await screen.sees('? Name');
    screen.press('C-c');
    await screen.sees('ended 130');
    expect(screen.text()).toContain('interrupted; nothing was written');
    expect(treeOf(cwd)).toEqual({});
  });
});

interface RealTerminal {
  press(key: string): void;
  text(): string;
  sees(text: string): Promise<void>;
}

/** Node with these arguments in a tmux of its own; it tells its exit code at the end. */
function terminal(args: readonly string[]): RealTerminal {
  const socket = join(freshFolder(), 'tmux');
  const ask = (...words: string[]): string =>
    String(execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words]));
  const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  ask(
    'new-session',
    '-d',
    '-x',
    '100',
    '-y',
    '40',
    '-c',
    root,
    `${command}; echo ended $?; sleep 1000`,
  );
  onTestFinished(() => void ask('kill-server'));
  const text = (): string => ask('capture-pane', '-p');
  return {
    press: (key) => void ask('send-keys', key),
    text,
    async sees(wanted) {
      for (let now = text(); !now.includes(wanted); now = text()) {
        if (/^ended \d/m.test(now)) throw new Error(`it ended without "${wanted}":\n${now}`);
        await new Promise((resolve) => setTimeout(resolve, 50)); // oxlint-disable-line no-await-in-loop -- a poll
      }
    },
  };
}
