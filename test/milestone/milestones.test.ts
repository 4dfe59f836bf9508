import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Milestone } from '../../src/milestone/model.ts';
import { readPlan } from '../../src/milestone/milestones.ts';
import { root } from '../support/ktrdr.ts';
import { unaccounted } from './conservation.ts';

const file = (name: string): string =>
  readFileSync(join(root, 'test/fixtures/plans', name), 'utf8');

/** A milestone in a few lines. */
function told({
  id,
  title,
  titleLine,
  capability,
  capabilityLine,
  scenarios,
}: Milestone): string[] {
  return [
    `${titleLine} ${id ?? '-'} ${title} · ${capabilityLine ?? '-'} ${capability ?? '-'}`,
    ...scenarios.map(
      ({ line, heading, kind, steps, criteria }) =>
        `${line} ${heading} (${kind}) steps ${steps.map((step) => step.line).join(' ')} criteria ${criteria.map((one) => one.line).join(' ')}`,
    ),
  ];
}

test('a file that is one milestone, with several E2E sections', () => {
  const [milestone, ...others] = readPlan('M3a.md', file('M3a_loaves.md')).milestones;
  expect(others).toEqual([]);
  expect(milestone && told(milestone)).toEqual([
    '5 3a Loaves in the Oven · 11 Someone can order a loaf and see it baked.',
    '19 E2E Test Scenario (bash) steps 28 32 37 criteria 44 45',
    '57 Milestone 3a Verification (numbered) steps 59 60 criteria 62 63',
    '65 Task 3a.9: Bread for all (table) steps 73 criteria ',
    '75 Validation (bash) steps 78 criteria ',
  ]);
  const [first] = milestone?.scenarios ?? [];
  expect(first?.purpose).toEqual({ line: 21, text: 'Prove that an ordered loaf is baked' });
  expect(first?.prerequisites).toEqual([{ line: 24, text: 'The oven is hot' }]);
  expect(first?.steps[1]?.expected).toEqual([{ line: 33, text: 'state is baked' }]);
  expect(first?.sanityChecks).toEqual([{ line: 51, text: 'Time | > 1 s | it was not baked' }]);
  expect(milestone?.duration?.line).toBe(9);
  expect(milestone?.notUnderstood.map(({ line }) => line)).toEqual([39, 53, 78]);
});

test('a document of several, and an overview that lists them', () => {
  expect(readPlan('several.md', file('several.md')).milestones.flatMap(told)).toEqual([
    '3 1 Counter · 5 Someone can ask for the price',
    '7 E2E test (bash) steps 10 criteria ',
    '18 2 Oven · 20 Someone can bake',
    '22 verification (bullets) steps 22 criteria ',
    '29 4.5 Van · 29 have it delivered',
  ]);
});

test.each<[heading: string, id: string | null, title: string]>([
  ['# Milestone 4.5: Rye', '4.5', 'Rye'],
  ['# M3a — Rye', '3a', 'Rye'],
  ['# Phase 0: Rye (first)', '0', 'Rye (first)'],
  ['# Project 1b: Rye', '1b', 'Rye'],
  ['# Milestone: Rye', null, 'Rye'],
  ['# 🍞 M10: `rye` **bread**', '10', 'rye bread'],
])('the title %j', (heading, id, title) => {
  expect(readPlan('p.md', heading).milestones).toMatchObject([{ id, title, titleLine: 1 }]);
});

test.each<[form: string, lines: string[]]>([
  ['a label', ['**Capability**: Bake']],
  ['a label among others', ['**Branch**: b', '**JTBD:** *"Bake"*', '**Tasks:** 2']],
  ['a label over a text', ['**When this works:**', '', 'Bake']],
  ['a section', ['## Goal', '', 'Bake']],
  ['a quote', ['> **Objective:** Bake']],
  ['the first paragraph', ['Bake', '', '## Context', 'x']],
])('what it is for: %s', (_, lines) => {
  expect(readPlan('p.md', ['# M1: Oven', '', ...lines].join('\n')).milestones[0]?.capability).toBe(
    'Bake',
  );
});

test.each<[heading: string, is: boolean]>([
  ['## E2E Validation', true],
  ['## End-to-End Test', true],
  ['## Milestone 1 Verification Checklist', true],
  ['### 0.7 End-to-End Test', true],
  ['## Task 1.2: Smoke VALIDATION', true],
  ['## Task 1.3: Create a validation script', false],
  ['## Task 1.3: Add integration to the oven', false],
  ['## Unit test verification', false],
])('the section %j says how to see it at work: %s', (heading, is) => {
  const plan = readPlan(
    'p.md',
    `# M1: Oven\n\n${heading}\n\n1. Bake\n\n**Acceptance:**\n- [ ] integration holds\n`,
  );
  expect(plan.milestones[0]?.scenarios.length).toBe(is ? 1 : 0);
});

test('no command and no box is lost', () => {
  const text = file('M3a_loaves.md');
  expect(unaccounted(readPlan('p.md', text).milestones, text)).toEqual({
    commands: 10,
    boxes: 5,
    lost: [],
  });
});
