import { describe, expect, test } from 'vitest';
import type { Status } from '../../src/files/standing.ts';
import { readMarkdown } from '../../src/markdown/read.ts';
import { milestonesMeant } from '../../src/trace/belongs.ts';
import type { PlannedMilestone, TracedPlan, TracedScenario } from '../../src/trace/model.ts';
import { asMarkdown, asTable } from '../../src/trace/table.ts';
import { trace } from '../../src/trace/trace.ts';

const setting = {
  output: 'generated',
  domains: ['orders', 'ovens'],
  addresses: [{ variable: 'BAKERY_URL', default: 'http://localhost:7070' }],
  exists: (path: string) => path === 'plans/DESIGN.md',
};

/** A plan of one milestone, whose E2E section is the whole text below its title. */
function plan(id: string | null, text = '', path = `plans/M${id}.md`): TracedPlan {
  const document = readMarkdown(`# Milestone ${id}: Baking\n${text}`);
  const lines = document.lines.map((line, index) => ({ line: index + 1, text: line }));
  const criteria = lines.filter((one) => one.text.startsWith('- [ ] '));
  const steps = lines.filter((one) => one.text.startsWith('curl '));
  const scenarios =
    text === '' ? [] : [{ line: 2, endLine: document.lines.length, steps, criteria }];
  return {
    path,
    document,
    milestones: [{ path, id, title: 'Baking', titleLine: 1, scenarios }],
  };
}

function scenario(
  id: string,
  more: { milestone?: string; status?: Status; proven?: boolean } = {},
): TracedScenario {
  const { milestone, status = 'passed', proven = true } = more;
  const [domain = ''] = id.split('/');
  return {
    row: {
      id,
      name: id,
      domain,
      category: 'smoke',
      durationSeconds: 2,
      ...(milestone === undefined ? {} : { milestone }),
      standing: { status, target: 'sandbox', lastRun: '2026-11-20', proof: '3/3' },
    },
    proven,
    texts: [id],
  };
}

describe('how far a milestone has come', () => {
  const cases: readonly (readonly [
    scenarios: readonly (readonly [Status, boolean])[],
    state: string,
  ])[] = [
    [[], 'uncovered'],
    [[['not-run', false]], 'never-run'],
    [[['failed', true]], 'red'],
    [[['blocked', true]], 'red'],
    [[['known-defect', true]], 'red'],
    [[['stale', false]], 'stale'],
    [[['passed', false]], 'unproven'],
    [[['manual', true]], 'unproven'],
    [[['passed', true]], 'proven'],
    [
      [
        ['passed', true],
        ['stale', false],
      ],
      'stale',
    ],
    [
      [
        ['not-run', false],
        ['failed', true],
        ['passed', true],
      ],
      'red',
    ],
  ];
  test.each(cases)('%j is %s', (given, state) => {
    const scenarios = given.map(([status, proven], index) =>
      scenario(`orders/one-${index}`, { milestone: '4.5', status, proven }),
    );
    expect(trace([plan('4.5')], scenarios, setting).milestones).toMatchObject([
      { id: '4.5', scenarios: scenarios.map(({ row }) => row.id), state },
    ]);
  });
});

describe('which milestone a scenario means', () => {
  const there: readonly PlannedMilestone[] = [
    ...plan('4.5', '', 'plans/orders/M4.5_bread.md').milestones,
    ...plan('4.50', '', 'plans/orders/M4.50.md').milestones,
    ...plan('3a', '', 'plans/ovens/PLAN.md').milestones,
    ...plan('6', '', 'plans/ovens/M6.md').milestones,
    ...plan('6', '', 'plans/orders/M6.md').milestones,
  ];
  test.each([
    ['4.5', ['plans/orders/M4.5_bread.md']],
    ['M4.5', ['plans/orders/M4.5_bread.md']],
    ['Milestone 3a', ['plans/ovens/PLAN.md']],
    ['4.500', []],
    ['6', ['plans/ovens/M6.md', 'plans/orders/M6.md']],
    ['ovens#6', ['plans/ovens/M6.md']],
    ['ovens/M6.md#6', ['plans/ovens/M6.md']],
    ['orders/M6.md', ['plans/orders/M6.md']],
    ['vens#6', []],
  ])('%s', (text, paths) => {
    expect(milestonesMeant(text, there).map(({ path }) => path)).toEqual(paths);
  });
});

test('a plan that names a scenario in its E2E section has it, by id or by a link to its files', () => {
  const text =
    '## E2E Validation\n\nRun `scenario run orders/by-id`, see [it](../generated/orders/by-link/scenario.md).\n';
  const scenarios = ['orders/by-id', 'orders/by-link', 'orders/other'].map((id) => scenario(id));
  const traced = trace([plan('1', text)], scenarios, { ...setting, exists: () => true });
  expect(traced.milestones[0]?.scenarios).toEqual(['orders/by-id', 'orders/by-link']);
  expect(traced.orphans).toEqual(['orders/other']);
});

test('one id in two folders is two milestones: the plan that names the scenario has it, else nobody', () => {
  const [here, there] = [
    plan('6', 'curl x # `orders/named`\n', 'a/M6.md'),
    plan('6', 'curl x\n', 'b/M6.md'),
  ];
  const scenarios = ['orders/named', 'orders/open'].map((id) => scenario(id, { milestone: 'M6' }));
  const traced = trace([here, there], scenarios, setting);
  expect(traced.milestones.map((one) => one.scenarios)).toEqual([['orders/named'], []]);
  expect(traced.orphans).toEqual(['orders/open']);
  expect(traced.findings).toMatchObject([
    { code: 'ambiguous-milestone', path: 'generated/orders/open/scenario.yaml' },
  ]);
});

/** One line of a plan each, with the finding that it gives; `undefined` for none. */
describe('what is wrong with a plan', () => {
  const cases: readonly (readonly [text: string, found: object | undefined])[] = [
    ['[design](DESIGN.md) and `[x](gone.md)` and [web](https://x.y/z.md)\n', undefined],
    [
      'see [design](gone.md#top)\n',
      { code: 'dead-link', line: 2, message: 'links to gone.md#top, where nothing is' },
    ],
    ['[1]: ../gone.md\n', { code: 'dead-link', line: 2 }],
    [
      '## E2E Validation\n\n`orders/brad`\n',
      { code: 'dead-scenario', line: 4, cure: 'did you mean orders/bread?' },
    ],
    ['## E2E Validation\n\n`elsewhere/brad` and orders/brad.py\n', undefined],
    ['', { code: 'no-e2e-section', line: 1 }],
    [
      '```bash\ncurl $BAKERY_URL/orders | jq .state\n```\n- [ ] The order state is baked\n',
      undefined,
    ],
    [
      '```bash\ncurl $BAKERY_URL/orders | jq .state\n```\n- [ ] The order smells good and tastes sour\n',
      {
        code: 'criterion-without-check',
        message: expect.stringContaining('nothing of smells, good, tastes'),
      },
    ],
    [
      '- [ ] The smell is good\n',
      {
        code: 'criterion-without-check',
        line: 2,
        message: 'no step observes "- [ ] The smell is good"',
      },
    ],
    [
      '```bash\ncurl http://localhost:7070/orders\n```\n',
      {
        code: 'literal-port',
        line: 3,
        cure: 'write $BAKERY_URL in place of http://localhost:7070',
      },
    ],
    ['```bash\n# curl http://localhost:7070/orders\n```\n', undefined],
    ['```python\nopen("/home/me/x")\n```\n', undefined],
    ['```\ncd ~/bakery\n```\n', { code: 'home-path', line: 3 }],
    ['```bash\nls "${HOME}/bakery"\n```\n', { code: 'home-path', line: 3 }],
    ['```bash\ncd /Users/me/bakery\n```\n', { code: 'home-path', line: 3 }],
  ];
  test.each(cases)('%j', (text, found) => {
    const { findings } = trace([plan('1', text)], [scenario('orders/bread')], setting);
    expect(findings).toMatchObject(found === undefined ? [] : [found]);
  });
});

test('a criterion is checked by a scenario of the milestone too', () => {
  const text = '- [ ] The bread is brown\n';
  const codes = (scenarios: readonly TracedScenario[]): readonly string[] =>
    trace([plan('1', text)], scenarios, setting).findings.map(({ code }) => code);
  expect(codes([scenario('orders/bread', { milestone: '1' })])).toEqual([]);
  expect(codes([scenario('orders/bread')])).toEqual(['criterion-without-check']);
});

test('a milestone that no plan has is told with the nearest', () => {
  const { findings, orphans } = trace(
    [plan('4.5', 'curl x\n')],
    [scenario('orders/bread', { milestone: '4.6' })],
    setting,
  );
  expect(orphans).toEqual(['orders/bread']);
  expect(findings).toMatchObject([{ code: 'unknown-milestone', cure: 'did you mean "4.5"?' }]);
});

test('the table fits 100 columns, and the Markdown shows the same', () => {
  const scenarios = [
    scenario('orders/bread', { milestone: '1', proven: false }),
    scenario('orders/orphan'),
  ];
  const traced = trace([plan('1', 'curl x\n'), plan('2')], scenarios, setting);
  const rows = scenarios.map(({ row }) => row);
  const table = asTable(traced, rows, 5);
  expect(table.filter((line) => line.length > 100 && !line.includes('['))).toEqual([]);
  expect(table).toContain('2 milestones: 1 uncovered, 1 unproven');
  expect(asMarkdown(traced, rows).split('\n').slice(2, 7)).toEqual([
    '| Milestone | Title | Plan | State | Scenario | Last run | Proven |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| 1 | Baking | plans/M1.md:1 | 🟡 unproven | orders/bread | passed (sandbox) 2026-11-20 | 3/3 |',
    '| 2 | Baking | plans/M2.md:1 | ⬜ uncovered | – | – | – |',
    '',
  ]);
});
