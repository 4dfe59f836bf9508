import { expect, test } from 'vitest';
import { importAll } from '../../src/import/import.ts';
import { bakery } from '../support/ktrdr.ts';

const document = `# Bakery scenarios

## B1.2: Rye - Recall

**Category**: Counter
**Purpose**: An order can be recalled

### Commands
**1. Order**
\`\`\`bash
REPLY=$(curl -s -X POST http://localhost:7070/orders -H "Authorization: Bearer s3cret" -d '{"bread":"rye","loaves":40}')
NO=$(echo "$REPLY" | jq -r '.no')
\`\`\`
\`\`\`bash
sleep 2
curl -s "$BAKERY_URL/orders/$NO" | jq '{state: .order.state}'
grep "recalled $NO" bakery.log
curl -s http://localhost:7070/menu | jq '.breads | length'
curl -s http://localhost:7070/mneu
curl -u me:s3cret -H "X-Token: s3cret" http://me:s3cret@elsewhere/x
for f in *; do rm "$f"; done
curl "http://localhost:7070/open
\`\`\`

### Expected Results
- HTTP 201
- breads >= 1
- **The oven** is clean

### Actual Results (2025-10-25)
✅ **PASSED** at 50 %
\`\`\`bash
curl -H "Authorization: Bearer s3cret" -d '{"password": "s3cret", "no": 1}' && export OVEN_TOKEN=s3cret
\`\`\`
`;

const read = (known: readonly { readonly id: string; readonly ref?: string }[] = []) =>
  importAll([{ path: 'docs/SCENARIOS.md', text: document }], bakery, known);

test('a scenario of a document becomes answers, checks and criteria by hand, with all that was wrong', () => {
  const { imported, notUnderstood } = read();
  expect(imported).toHaveLength(1);
  expect(imported[0]).toMatchObject({
    line: 3,
    scenario: {
      id: 'orders/rye-recall',
      ref: 'B1.2',
      answers: {
        domain: 'orders',
        purpose: 'An order can be recalled',
        trigger: { kind: 'api', endpoint: 'orders.place' },
        calibration: { bread: 'rye', loaves: 40 },
      },
    },
    steps: { script: 1 },
  });
  const [{ scenario, findings, history, steps } = expect.fail('nothing imported')] = imported;
  expect(JSON.stringify(imported)).not.toContain('s3cret');
  expect(scenario.additions).toMatchObject([
    {
      request: { endpoint: 'menu.read' },
      expect: [{ path: '.breads', size: { gte: 1 } }],
    },
    { request: { service: 'counter', path: '/mneu' }, expect: [{ status: 200 }] },
    { text: 'curl -u … -H "X-Token: …" http://…@elsewhere/x', manual: true },
    { text: expect.stringContaining('for f in'), manual: true },
    { text: 'The oven is clean', manual: true },
  ]);
  expect(steps.checked).toBeGreaterThan(4);
  expect(findings.map(({ line, message, nearest }) => [line, message, nearest])).toEqual(
    expect.arrayContaining([
      [11, expect.stringContaining('the header Authorization is not written'), undefined],
      [12, expect.stringContaining('does not stand at .no'), '.order.no'],
      [19, expect.stringContaining('no route GET /mneu'), 'GET /menu'],
    ]),
  );
  expect(history).toContain('✅ **PASSED** at 50 %');
  expect(history).toContain('"no": 1');
  expect(notUnderstood).toEqual([
    {
      path: 'docs/SCENARIOS.md',
      line: 22,
      text: expect.stringContaining('curl "http://localhost:7070/open'),
    },
  ]);
});

test('one that is there by its legacy id is named', () => {
  expect(read([{ id: 'orders/other', ref: 'B1.2' }]).imported[0]).toMatchObject({
    isThere: 'orders/other',
  });
});

test.each([
  '',
  '\u0000\u0001',
  '# Words only\r\n\r\n- a\r\n',
  `${'#'.repeat(7)} x\n${'> '.repeat(500)}y`,
])('what holds no scenario is told: %j', (text) => {
  const { imported, notUnderstood } = importAll([{ path: 'x.md', text }], bakery, []);
  expect(imported).toEqual([]);
  expect(notUnderstood.at(-1)?.text).toContain('holds no scenario');
});

const aside = `# Bakery scenarios

## B1.3: Rye - Order

**Category**: Counter

### Pre-flight checks
- [ ] The oven is hot
- The shop is open
\`\`\`bash
# is it?
curl -s -H "X-Token: s3cret" http://localhost:7070/menu | jq .
rm -rf "$OVEN" && \\
  mkdir "$OVEN"
\`\`\`

### Steps
1. [ ] Order
   - [x] HTTP 201
   \`\`\`bash
   curl -s -X POST http://localhost:7070/orders -d '{"bread":"rye","loaves":40}'
   \`\`\`

## Summary

- [ ] All of them pass
`;

test('commands and boxes where nothing is a step are told with their lines; those within items are read', () => {
  const documents = [{ path: 'b.md', text: aside }];
  const { imported, notUnderstood } = importAll(documents, bakery, []);
  expect(imported.map(({ scenario, steps }) => [scenario.id, steps])).toEqual([
    ['orders/rye-order', { checked: 2, script: 0, manual: 1 }],
  ]);
  const why = '(stands under "Pre-flight checks", so it is no step)';
  expect(notUnderstood.map(({ line, text }) => [line, text])).toEqual([
    [8, `The oven is hot ${why}`],
    [12, `curl -s -H "X-Token: …" http://localhost:7070/menu | jq . ${why}`],
    [13, `rm -rf "$OVEN" ${why}`],
    [14, `mkdir "$OVEN" ${why}`],
    [26, 'All of them pass (a box outside of any scenario)'],
  ]);
});
