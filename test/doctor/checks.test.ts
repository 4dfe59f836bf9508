import { describe, expect, test } from 'vitest';
import { allNeededThere, checkLine, commandCheck, serviceCheck } from '../../src/doctor/checks.ts';
import { always, isAtLeast, versionIn } from '../../src/doctor/commands.ts';
import { needsOf } from '../../src/doctor/needs.ts';
import { checkAnswers } from '../../src/answers/check.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

const jq = always.find(({ name }) => name === 'jq') ?? { name: 'jq', programs: [], cure: '' };

test.each([
  ['jq-1.6', '1.6'],
  ['jq-1.7.1-apple', '1.7.1'],
  ['GNU bash, version 3.2.57(1)-release (arm64-apple-darwin23)', '3.2.57'],
  ['curl 8.7.1 (x86_64-apple-darwin23.0) libcurl/8.7.1', '8.7.1'],
  ['Docker Compose version v2.24.5', '2.24.5'],
  ['something', undefined],
])('the version in %o', (text, version) => expect(versionIn(text)).toBe(version));

test.each([
  ['1.6', '1.6', true],
  ['1.5', '1.6', false],
  ['1.10', '1.6', true],
  ['2.0', '1.6', true],
  ['3.2.57', '3.2', true],
  ['3', '3.2', false],
])('%s is at least %s: %s', (has, wants, is) => expect(isAtLeast(has, wants)).toBe(is));

describe('a line for each: symptom → cure', () => {
  const needed = { needed: true, neededBy: ['a/b'] };
  test.each([
    ['there', commandCheck(jq, 'jq-1.7', { needed: true }), '✓ jq 1.7'],
    ['missing', commandCheck(jq, undefined, { needed: true }), '✗ jq: is not there → apt-get'],
    [
      'old',
      commandCheck(jq, 'jq-1.5', needed),
      '✗ jq 1.5: is too old: 1.6 or later will do (needed by a/b) →',
    ],
    [
      'not needed',
      commandCheck(jq, undefined, { needed: false }),
      '– jq: is not there (no scenario here needs it)',
    ],
    [
      'a service',
      serviceCheck(
        'till',
        { value: 'http://x', origin: 'default' },
        { ok: false, symptom: 'connection refused' },
        'light it',
        needed,
      ),
      '✗ till http://x (default): connection refused (needed by a/b) → light it',
    ],
  ])('%s', (_what, check, line) => {
    expect(checkLine(check)).toContain(line);
    expect(allNeededThere([check])).toBe(check.ok || !check.needed);
  });
});

describe('what scenarios need', () => {
  const scenarios = [bakeryAnswers.recipe, bakeryAnswers.smoke].map((raw) => {
    const { answers } = checkAnswers(raw, bakery);
    const resolved = answers && resolve(draft(answers, bakery.name), bakery).resolved;
    if (!resolved) throw new Error('unresolved');
    return resolved;
  });
  const settings = (log: string) => (name: string, otherwise: string) =>
    name === 'SCENARIO_LOG_COUNTER'
      ? { value: log, origin: 'environment' }
      : { value: otherwise, origin: 'default' };

  test('a command of its own, its services, docker where a log is read through it', () => {
    const { commands, services } = needsOf(scenarios, settings('compose:counter'));
    expect(Object.fromEntries(commands)).toEqual({
      bakery: ['menu/rye-recipe'],
      docker: ['menu/rye-recipe', 'orders/baking-smoke'].filter((id) =>
        scenarios.some((one) => one.id === id && one.services.some(({ log }) => log)),
      ),
    });
    expect(services.get('counter')).toContain('orders/baking-smoke');
  });

  test.each<[string, object, readonly string[]]>([
    ['a page', { kind: 'ui' }, ['browser', 'playwright-core']],
    ['a database', { kind: 'query' }, ['psql']],
    ['a file in a container', { kind: 'file', reader: { read: ['podman', 'x'] } }, ['podman']],
    ['a file', { kind: 'file' }, []],
  ])('%s needs its commands', (_what, act, names) => {
    const [recipe] = scenarios;
    if (!recipe) throw new Error('no scenario');
    const [first] = recipe.steps;
    const steps = [{ ...first, acts: [act] }] as typeof recipe.steps;
    const { commands } = needsOf([{ ...recipe, tools: [], steps }], settings('file:x'));
    expect([...commands.keys()]).toEqual(names);
  });

  test('no docker for a log that is a file', () => {
    expect(needsOf(scenarios, settings('file:x')).commands.has('docker')).toBe(false);
  });
});
