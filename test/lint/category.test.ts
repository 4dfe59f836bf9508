import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { categoryFindings } from '../../src/lint/category.ts';
import type { Act } from '../../src/scenario/acts.ts';
import type { Resolved } from '../../src/scenario/model.ts';
import { resolveText } from '../../src/scenario/read.ts';
import { bakery, root } from '../support/ktrdr.ts';

const golden = join(root, 'test/golden/bakery');

/** A scenario of the made-up profile. */
function resolved(name: string): Resolved {
  const text = readFileSync(join(golden, name, 'scenario.yaml'), 'utf8');
  const id = `orders/${name}`;
  return resolveText(text, id, 'scenario.yaml', bakery, { ids: [], find: () => undefined })
    .resolved;
}

/** The same without some of its acts. */
function without(scenario: Resolved, leaves: (act: Act) => boolean): Resolved {
  const steps = scenario.steps.map((step) => ({
    ...step,
    acts: step.acts.filter((act) => !leaves(act)),
  }));
  return { ...scenario, steps };
}

const codes = (scenario: Resolved): readonly string[] =>
  categoryFindings(scenario, 'scenario.yaml').map(({ code }) => code);

describe('what a category is about is missed', () => {
  test.each<[name: string, code: string, gone: (act: Act) => boolean]>([
    ['cancellation', 'cancel-unguarded', ({ kind }) => kind === 'guard'],
    ['progress', 'progress-without-series', ({ kind }) => kind === 'series'],
    [
      'refused',
      'error-without-shape',
      (act) => act.kind === 'check' && /"field":"\./.test(JSON.stringify(act.condition)),
    ],
    [
      'integration',
      'integration-one-point',
      ({ kind }) => kind === 'log' || kind === 'check' || kind === 'poll',
    ],
    [
      'integration',
      'integration-one-point',
      // Left: one line of the log, and that it holds no error.
      (act) => /check|poll/.test(act.kind) || ('id' in act && act.id === 'seen-at-the-till'),
    ],
  ])('%s: %s', (name, code, gone) => {
    const whole = resolved(name);
    expect(codes(whole)).toEqual([]);
    expect(codes(without(whole, gone))).toEqual([code]);
  });
});

test('the made-up scenarios have all that their categories ask for', () => {
  const names = readdirSync(golden, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(names.length).toBeGreaterThan(8);
  for (const { name } of names) expect([name, codes(resolved(name))]).toEqual([name, []]);
});
