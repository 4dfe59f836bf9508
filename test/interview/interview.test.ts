import { describe, expect, test } from 'vitest';
import { treeOf } from '../support/cli.ts';
import { interviewed, keys, made, times } from './asking.ts';
import { FakeTerminal } from './fake-terminal.ts';

const { enter, up, down, escape, interrupt, end, clear } = keys;
const example = {
  name: 'Training Cancellation',
  domain: 'training',
  category: 'cancellation',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'operations-service', 'training-worker'],
  outcome: [{ state: { path: '.data.status', in: ['cancelled', 'failed'] } }],
  calibration: 'training/cancellation',
};

test("the seed's example: nine key-presses besides the name, and the bytes of the other door", async () => {
  const presses = times(9, enter);
  const { terminal, cwd, code } = interviewed();
  terminal.type(`Training Cancellation${presses}`);
  expect(await code).toBe(0);
  expect(presses.length).toBeLessThanOrEqual(10);
  expect(treeOf(cwd)).toEqual(treeOf(await made(example)));
});

const smoke = {
  ...example,
  name: 'Training Smoke',
  category: 'smoke',
  calibration: 'training/smoke',
};
const completed = { state: { path: '.data.status', equals: 'completed' } };
const smokeFlow = ['backend', 'training-service', 'training-worker'];

describe('what is typed is what a file would say', () => {
  test.each<[what: string, typed: string, answers: object]>([
    [
      'a milestone, and a flow that goes on',
      `Training Smoke${times(3, enter)} → training-host${times(4, enter)}4.50${times(2, enter)}`,
      { ...smoke, flow: [...smokeFlow, 'training-host'], outcome: [completed], milestone: '4.50' },
    ],
    [
      'a flow typed anew, with commas',
      `Training Smoke${times(3, enter)}${clear}backend, training-worker${times(6, enter)}`,
      { ...smoke, flow: ['backend', 'training-worker'], outcome: [completed] },
    ],
    [
      'one more outcome, a line that the profile knows',
      `Training Smoke${times(5, enter)}${down}${enter}${up}${enter}${times(3, down)}${enter}${enter}${times(2, down)}${enter}${times(4, enter)}`,
      {
        ...smoke,
        flow: smokeFlow,
        outcome: [
          completed,
          { log: { service: 'backend', present: 'Successfully saved data to cache: ' } },
        ],
      },
    ],
    [
      'one more outcome, a field with a comparison',
      `Training Smoke${times(5, enter)}${down}${enter}${up}${enter}${enter}.data.progress.percentage${enter}>= 100${times(5, enter)}`,
      {
        ...smoke,
        flow: smokeFlow,
        outcome: [completed, { state: { path: '.data.progress.percentage', gte: 100 } }],
      },
    ],
    [
      'a name that is hostile everywhere',
      `"'\`$(touch x)\`' \${HOME} %s # TODO <b> | Smoke training 🎉${times(9, enter)}`,
      {
        ...smoke,
        name: `"'\`$(touch x)\`' \${HOME} %s # TODO <b> | Smoke training 🎉`,
        flow: smokeFlow,
        outcome: [completed],
      },
    ],
    [
      'an invalid request, with a value in JSON',
      `Invalid training${times(5, enter)}${enter}${enter}["NOPE"]${enter}${down}${times(3, enter)}`,
      {
        name: 'Invalid training',
        domain: 'training',
        category: 'error',
        trigger: { kind: 'api', endpoint: 'training.start', body: { symbols: ['NOPE'] } },
        flow: smokeFlow,
        outcome: [{ response: { status: 400 } }],
      },
    ],
    [
      'an operation that is accepted, and then fails',
      `Invalid training${times(5, enter)}${enter}${enter}["NOPE"]${enter}${times(5, down)}${enter}No data found${times(4, enter)}`,
      {
        name: 'Invalid training',
        domain: 'training',
        category: 'error',
        trigger: { kind: 'api', endpoint: 'training.start', body: { symbols: ['NOPE'] } },
        flow: smokeFlow,
        outcome: [
          { state: { path: '.data.status', equals: 'failed' } },
          { state: { path: '.data.error_message', matches: 'No data found' } },
        ],
      },
    ],
    [
      'an id in the path that nobody knows',
      `Error of an unknown operation${enter}${enter}${enter}${enter}${enter}op_nobody_knows${enter}${times(2, down)}${times(4, enter)}`,
      {
        name: 'Error of an unknown operation',
        domain: 'operations',
        category: 'error',
        trigger: { kind: 'api', endpoint: 'operations.get', params: { id: 'op_nobody_knows' } },
        flow: ['backend', 'operations-service'],
        outcome: [{ response: { status: 404 } }],
      },
    ],
    [
      'another method and path',
      `Health smoke of hosts${enter}${enter}${times(6, up)}${enter}${enter}/api/v1/health${enter}${times(5, enter)}`,
      {
        name: 'Health smoke of hosts',
        domain: 'host',
        category: 'smoke',
        trigger: { kind: 'api', method: 'GET', path: '/api/v1/health' },
        flow: ['backend'],
        outcome: [{ response: { status: 200 } }],
      },
    ],
    [
      'a command',
      `Health smoke of hosts${enter}${enter}${times(5, up)}${enter}${enter}ktrdr operations list${enter}${times(5, enter)}`,
      {
        name: 'Health smoke of hosts',
        domain: 'host',
        category: 'smoke',
        trigger: { kind: 'cli', command: 'ktrdr operations list' },
        flow: ['backend'],
        outcome: [{ cli: { exitCode: 0 } }],
      },
    ],
    [
      'a command of the profile that starts an operation, with data for the places in it',
      `Small download${enter}${enter}${times(3, down)}${enter}${times(8, down)}${enter}${times(6, enter)}`,
      {
        name: 'Small download',
        domain: 'data',
        category: 'smoke',
        trigger: {
          kind: 'cli',
          command:
            'ktrdr data load {symbol} --timeframe {timeframe} --mode tail --start {start} --end {end}'.split(
              ' ',
            ),
        },
        flow: ['backend', 'data-service', 'data-worker'],
        outcome: [{ cli: { exitCode: 0 } }],
        calibration: 'data/small-download',
      },
    ],
    [
      'a page, what is done there, and what that starts',
      `Training smoke from a page${enter}${enter}${up}${enter}${enter}${down}${enter}Symbol${enter}EURUSD${enter}${times(3, up)}${enter}#oops${enter}${down}${enter}${times(3, up)}${enter}Start training${enter}${enter}${enter}${times(6, enter)}`,
      {
        ...smoke,
        name: 'Training smoke from a page',
        trigger: {
          kind: 'ui',
          page: 'operations',
          actions: [{ fill: { label: 'Symbol', value: 'EURUSD' } }, { click: 'Start training' }],
          starts: 'training.start',
        },
        flow: smokeFlow,
        outcome: [completed],
      },
    ],
    [
      "data of one's own that is too small, with a reason",
      `Training Cancellation${times(6, enter)}${up}${enter}${enter}${enter}${clear}2024-12-02${enter}${clear}2024-12-06${enter}${enter}a try${times(3, enter)}`,
      {
        ...example,
        calibration: {
          symbol: 'EURUSD',
          timeframe: '5m',
          start: '2024-12-02',
          end: '2024-12-06',
          strategy: 'test_e2e_local_pull',
        },
        accept: { calibration: 'a try' },
      },
    ],
  ])('%s', async (_what, typed, answers) => {
    const { terminal, cwd, code } = interviewed();
    terminal.type(typed);
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toEqual(treeOf(await made(answers)));
  });
});

describe('leaving writes nothing, and gives the terminal back', () => {
  const questions = [
    'Name',
    'Domain',
    'Trigger',
    'Flow',
    'Category',
    'Outcome',
    'Data',
    'Milestone',
    'Write it?',
  ];
  const leaving: readonly (readonly [how: string, leave: (terminal: FakeTerminal) => void])[] = [
    ['Ctrl-C', (terminal) => terminal.type(interrupt)],
    ['Ctrl-D', (terminal) => terminal.type(`${clear}${end}`)],
    ['the end of input', (terminal) => terminal.hangUp()],
    ['a signal', (terminal) => terminal.terminate()],
  ];
  const cases = questions.flatMap((question, index) =>
    leaving.map(([how, leave]) => ({ how, question, index, leave })),
  );
  test.each(cases)('$how at $question', async ({ index, question, leave }) => {
    const { terminal, cwd, code } = interviewed();
    if (index > 0) terminal.type(`Training Cancellation${times(index, enter)}`);
    await terminal.sees(`? ${question}`);
    leave(terminal);
    expect(await code).toBe(130);
    expect(terminal.complaints).toBe('interrupted; nothing was written\n');
    expect(treeOf(cwd)).toEqual({});
    expect(terminal.raw).toEqual([true, false]);
    expect(terminal.written.endsWith('\u001b[?2004l\u001b[?25h')).toBe(true);
  });

  test('no, at the preview', async () => {
    const { terminal, cwd, code } = interviewed();
    terminal.type(`Training Cancellation${times(8, enter)}n`);
    expect(await code).toBe(0);
    expect(terminal.complaints).toBe('nothing was written\n');
    expect(treeOf(cwd)).toEqual({});
  });
});

describe('what is wrong is told at the prompt, and can be put right there', () => {
  test.each([
    ['a name without a letter', '!!!', 'has neither a letter nor a digit'],
    ['no name', '', 'is empty'],
    ['300 characters', 'x'.repeat(300), 'is longer than 120 characters'],
  ])('%s', async (_what, typed, message) => {
    const { terminal, cwd, code } = interviewed();
    terminal.type(`${typed}${enter}`);
    await terminal.sees(message);
    terminal.type(`${clear}Training Smoke${times(9, enter)}`);
    expect(await code).toBe(0);
    expect(Object.keys(treeOf(cwd))).toContain('generated/training/training-smoke/scenario.yaml');
  });

  test('a scenario that is there already', async () => {
    const cwd = await made(example);
    const before = treeOf(cwd);
    const { terminal, code } = interviewed({}, { cwd });
    terminal.type(`Training Cancellation${times(2, enter)}`);
    await terminal.sees('the scenario training/training-cancellation is there already');
    terminal.type(` again${times(7, enter)}`);
    // Before "Write it?" a person is told that it does nearly the same.
    await terminal.sees('warning: training/training-cancellation does nearly');
    await terminal.sees('Write it?');
    terminal.type(enter);
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toMatchObject({
      'generated/training/training-cancellation/scenario.yaml':
        before['generated/training/training-cancellation/scenario.yaml'],
    });
    expect(Object.keys(treeOf(cwd))).toContain(
      'generated/training/training-cancellation-again/run.sh',
    );
  });

  test('a component that the profile does not know is named while it is typed', async () => {
    const { terminal } = interviewed();
    terminal.type(`Training Smoke${times(3, enter)} → training-wrker`);
    await terminal.sees('training-wrker is unknown: training-worker?');
    terminal.type(interrupt);
  });

  test("data of one's own shows what it gives while it is typed", async () => {
    const { terminal } = interviewed();
    terminal.type(`Training Cancellation${times(6, enter)}${up}${enter}`);
    await terminal.sees('~147,504 samples · 36–65 s');
    terminal.type(`${enter}${enter}${clear}2024-12-30`);
    await terminal.sees('too small: nothing to cancel');
    terminal.type(interrupt);
  });
});

describe('only what is missing is asked', () => {
  test('one answer of a file', async () => {
    const { category: _category, ...given } = example;
    const { terminal, cwd, code } = interviewed(given, { from: 'answers.yaml' });
    terminal.type(times(2, enter));
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toEqual(treeOf(await made(example)));
  });

  test('what was given and is wrong is asked again, with the reason', async () => {
    const { terminal, cwd, code } = interviewed(
      { ...example, category: 'cancelation' },
      { from: 'answers.yaml' },
    );
    await terminal.sees('did you mean cancellation?');
    terminal.type(times(2, enter));
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toEqual(treeOf(await made(example)));
  });
});

describe('going back and changing', () => {
  test('Esc goes back a question, and keeps what was said', async () => {
    const { terminal, cwd, code } = interviewed();
    terminal.type(`Training Canc${enter}`);
    await terminal.sees('? Domain');
    terminal.type(escape);
    await terminal.sees('? Name      Training Canc');
    terminal.type(`ellation${times(9, enter)}`);
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toEqual(treeOf(await made(example)));
  });

  test('an answer that is changed asks again for those that followed from it, and for no other', async () => {
    const { terminal, cwd, code } = interviewed();
    terminal.type(`Training Cancellation${times(8, enter)}`);
    await terminal.sees('Write it?');
    terminal.type('c');
    await terminal.sees('? Change');
    terminal.type(`${times(4, down)}${enter}${down}${enter}${enter}${enter}`);
    await terminal.sees('Write it?');
    expect(terminal.shown.split('Write it?').at(-2)).not.toMatch(/\? (?:Name|Flow|Milestone)/);
    terminal.type('y');
    expect(await code).toBe(0);
    expect(treeOf(cwd)).toEqual(
      treeOf(
        await made({
          ...example,
          category: 'smoke',
          outcome: [completed],
          calibration: 'training/smoke',
        }),
      ),
    );
  });

  test('the document and the diff are shown a screenful at a time', async () => {
    const terminal = new FakeTerminal({ columns: 60, rows: 20 });
    const { code } = interviewed({}, {}, terminal);
    terminal.type(`Training Cancellation${times(8, enter)}`);
    await terminal.sees('Write it?');
    terminal.type('p');
    await terminal.sees('## Scenario: Training Cancellation');
    await terminal.sees('16 of ');
    terminal.type('q');
    await terminal.sees('Write it?');
    terminal.type('d');
    await terminal.sees('+++ b/generated/training/training-cancellation/scenario.yaml');
    terminal.type('q');
    await terminal.sees('Write it?');
    terminal.type('n');
    expect(await code).toBe(0);
  });
});

test('a paste with line breaks is one answer', async () => {
  const { terminal, cwd, code } = interviewed();
  terminal.type('\u001b[200~Training\nCancellation\r\n\n\u001b[201~');
  await terminal.sees('folder training-cancellation');
  expect(terminal.shown).not.toContain('Domain');
  terminal.type(times(9, enter));
  expect(await code).toBe(0);
  expect(treeOf(cwd)).toEqual(treeOf(await made(example)));
});

test.each([40, 60, 100])('no line is wider than a terminal of %i columns', async (columns) => {
  const terminal = new FakeTerminal({ columns, rows: 50 });
  const { code } = interviewed({}, {}, terminal);
  terminal.type(`Training Cancellation${times(8, enter)}n`);
  expect(await code).toBe(0);
  const widest = Math.max(...terminal.runs.map((run) => [...run].length));
  expect(widest).toBeLessThanOrEqual(columns);
});
