import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, scenario } from '../support/cli.ts';

const document = `# Scenarios
## 1.1: First Training
**Purpose**: it runs

### Commands
\`\`\`bash
ID=$(curl -s -X POST http://localhost:8000/api/v1/trainings/start -d '{"symbols":["EURUSD"],"timeframes":["1d"],"strategy_name":"test_e2e_local_pull","start_date":"2024-01-01","end_date":"2024-12-31"}' | jq -r .task_id)
touch ${'`'}pwd${'`'}/executed
\`\`\`
### Expected Results
- HTTP 200
### Actual Results
✅ PASSED
## 1.2: Without a command
**Purpose**: none
`;

test('a document becomes scenarios that stand in the index as not run; a second time they are named', async () => {
  const cwd = freshFolder();
  writeFileSync(join(cwd, 'SCENARIOS.md'), document);
  const dry = await scenario(cwd, ['import', 'SCENARIOS.md', '--dry-run']);
  expect(dry.stdout).toContain('+++ b/generated/training/first-training/scenario.yaml');
  expect(existsSync(join(cwd, 'generated'))).toBe(false);

  const { code, stdout } = await scenario(cwd, ['import', 'SCENARIOS.md', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    imported: [
      {
        id: 'training/first-training',
        ref: '1.1',
        path: 'SCENARIOS.md',
        line: 2,
        steps: { checked: 2, script: 1, manual: 0 },
      },
    ],
    notUnderstood: [],
  });
  expect(code).toBe(0);
  expect(existsSync(join(cwd, 'executed'))).toBe(false);
  expect(readFileSync(join(cwd, 'generated/training/first-training/history.md'), 'utf8')).toContain(
    'PASSED',
  );
  const source = (): string =>
    readFileSync(join(cwd, 'generated/training/first-training/scenario.yaml'), 'utf8');
  expect(source()).toContain('manual: true');
  const allowed = await scenario(cwd, ['import', 'SCENARIOS.md', '--allow-script', '--force']);
  expect(allowed).toMatchObject({ code: 0 });
  expect(source()).toContain('script: checks/line-8.sh');
  expect(
    readFileSync(join(cwd, 'generated/training/first-training/checks/line-8.sh'), 'utf8'),
  ).toContain('line 8, taken over as it stood');
  expect(existsSync(join(cwd, 'executed'))).toBe(false);
  const listed = await scenario(cwd, ['list', '--json']);
  expect(listed.stdout).not.toContain('passed');
  const again = await scenario(cwd, ['import', 'SCENARIOS.md']);
  expect(again.stdout).toContain('training/first-training has the id 1.1 already');
});
