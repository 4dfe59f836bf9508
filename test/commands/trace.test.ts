import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { freshFolder, scenario } from '../support/cli.ts';
import { cancellation } from '../support/ktrdr.ts';

test('milestones are followed to their scenarios; the gate says at what it stops', async () => {
  const cwd = freshFolder();
  mkdirSync(join(cwd, 'plans'));
  const write = (name: string, text: string): void => writeFileSync(join(cwd, 'plans', name), text);
  const section = '## E2E Validation\n\n```bash\ncurl -s $KTRDR_API_URL/api/v1/health\n```\n';
  write('M6.md', `# Milestone 6: It can be cancelled\n\n${section}`);
  write('M7.md', `# Milestone 7: It is quick\n\nSee [this](gone.md).\n\n${section}`);
  await scenario(cwd, ['new', '--from', '-', '--set', 'milestone=M6'], {
    stdin: stringify(cancellation),
  });

  const traced = await scenario(cwd, ['trace', 'plans', '--json', '--fail-on', 'red']);
  expect({ code: traced.code, stderr: traced.stderr }).toEqual({ code: 0, stderr: '' });
  const id = 'training/training-cancellation';
  expect(JSON.parse(traced.stdout)).toMatchObject({
    milestones: [
      { id: '6', path: 'plans/M6.md', line: 1, scenarios: [id], state: 'never-run' },
      { id: '7', title: 'It is quick', scenarios: [], state: 'uncovered' },
    ],
    orphans: [],
    findings: [{ code: 'dead-link', path: 'plans/M7.md', line: 3 }],
  });

  const gate = ['--fail-on', 'uncovered,never-run', '--fail-on', 'dead-link'];
  expect(await scenario(cwd, ['trace', 'plans', '--markdown', ...gate])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('| 6 | It can be cancelled | plans/M6.md:1 | ⬜ never-run |'),
    stderr:
      '--fail-on uncovered: 1: 7\n--fail-on never-run: 1: 6\n--fail-on dead-link: 1: plans/M7.md:3\n',
  });
  expect(await scenario(cwd, ['trace', 'plans'])).toMatchObject({
    code: 1,
    stderr: '--fail-on uncovered: 1: 7\n',
  });
  expect(await scenario(cwd, ['trace', 'plans', '--fail-on', 'none'])).toMatchObject({ code: 0 });
  expect(await scenario(cwd, ['trace', 'plans/M66.md', '--fail-on', 'uncoverd'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean uncovered?'),
  });
});
