import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { format } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkAnswers } from '../../src/answers/check.ts';
import type { PlannedFile } from '../../src/io/commit.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { scaffold, sourceFile } from '../../src/scaffold.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft, type ScenarioFile } from '../../src/scenario/scenario.ts';
import { bakerySteps } from '../bakery/additions.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bash32 } from '../runtime/bash32.ts';
import { bakery, cancellation, ktrdr, root } from '../support/ktrdr.ts';
import { templates } from '../support/templates.ts';

const layout = { output: 'generated', index: 'docs/testing/SCENARIOS.md' };
const scratch = mkdtempSync(join(tmpdir(), 'new-scenario-golden-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The files of a scenario, made in memory. */
async function filesOf(
  raw: object,
  profile: Profile,
  change: Partial<ScenarioFile> = {},
): Promise<readonly PlannedFile[]> {
  const { answers, problems } = checkAnswers(raw, profile);
  if (!answers) throw new Error(JSON.stringify(problems));
  const scenario = { ...draft(answers, profile.name), ...change };
  const { resolved } = resolve(scenario, profile);
  if (!resolved) throw new Error('unresolved');
  return [await sourceFile(scenario, layout), ...(await scaffold(resolved, templates, layout))];
}

describe('the bakery: every category, as files (renew them with `npx vitest run test/files -u`)', () => {
  test.each(Object.entries(bakeryAnswers))('%s', async (key, answers) => {
    for (const { path, text } of await filesOf(answers, bakery)) {
      await expect(text).toMatchFileSnapshot(
        join(root, 'test/golden/bakery', key, path.split('/').at(-1) ?? ''),
      );
    }
  });
});

test('the bakery: steps that a person added, as files', async () => {
  for (const { path, text } of await filesOf(bakeryAnswers.smoke, bakery, {
    additions: bakerySteps,
  })) {
    await expect(text).toMatchFileSnapshot(
      join(root, 'test/golden/bakery/steps', path.split('/').at(-1) ?? ''),
    );
  }
});

const everything: readonly (readonly [string, object, Profile])[] = [
  ...Object.entries(bakeryAnswers).map(([key, answers]) => [key, answers, bakery] as const),
  ["the seed's example", cancellation, ktrdr],
];

describe('what is printed is in style, and bash 3.2 can read it', () => {
  test.each(everything)('%s', async (key, answers, profile) => {
    const [source, document, script] = await filesOf(answers, profile);
    expect(await format(source?.text ?? '', { parser: 'yaml' })).toBe(source?.text);
    expect(await format(document?.text ?? '', { parser: 'markdown' })).toBe(document?.text);
    const path = join(scratch, `${key.replaceAll(/\W/g, '-')}.sh`);
    writeFileSync(path, script?.text ?? '');
    execFileSync('bash', ['-n', path]);
    expect(bash32(script?.text ?? '')).toEqual([]);
    const found = spawnSync('shellcheck', ['-o', 'all', path], {
      encoding: 'utf8',
    });
    expect({ status: found.status, out: found.stdout }).toEqual({ status: 0, out: '' });
  });
});

/** Texts that mean something to one of the languages that they are written into. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...'"\'`$(){}[]<>|&;*?!#~\\%-_=^@:,. ab1',
      '$(touch x)',
      '${HOME}',
      '\n',
      '\t',
      '# TODO',
      '---',
      '__init__',
      '%s',
      '<b>',
      '{id}',
      '{{x}}',
      'JSON',
      'é',
      '🚀',
      '<!--',
      '-->',
      'EOF',
      "'\\''",
      '1.',
      '- ',
      '* ',
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => `x${parts.join('')}`);

/** A log is looked at line by line, and a name in braces must be one that is captured. */
function inLog(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/\{(?!id\})/g, '(');
}

test('typed texts come back from scenario.yaml as typed; document and script stay what they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostile, { minLength: 6, maxLength: 6 }),
      async ([name = '', purpose = '', milestone = '', part = '', said = '', value = '']) => {
        const raw = {
          ...cancellation,
          name,
          purpose,
          milestone,
          flow: ['backend', part],
          outcome: [
            { log: { service: 'backend', absent: inLog(said) } },
            { response: { path: '.message', equals: value } },
            { manual: said },
          ],
          trigger: { kind: 'api', endpoint: 'training.start', body: { [value]: said } },
        };
        const [source, document, script] = await filesOf(raw, ktrdr);
        expect((parse(source?.text ?? '') as { answers: object }).answers).toEqual(raw);
        expect(await format(document?.text ?? '', { parser: 'markdown' })).toBe(document?.text);
        expect(await format(source?.text ?? '', { parser: 'yaml' })).toBe(source?.text);
        const words = spawnSync('bash', ['-n'], { input: script?.text ?? '', encoding: 'utf8' });
        expect(words.stderr).toBe('');
        expect(bash32(script?.text ?? '')).toEqual([]);
      },
    ),
    {
      numRuns: 30,
      examples: [[['x', 'y', 'a "quoted" blank before the break \n# TODO', 'z', 'w', 'v']]],
    },
  );
});
