import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Milestone } from '../../src/milestone/model.ts';
import { readPlan } from '../../src/milestone/milestones.ts';
import { root } from '../support/ktrdr.ts';
import { requestsIn } from '../../src/milestone/prose-request.ts';
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
  ['# Phase 2 / Milestone 5 — Rye', '5', 'Rye'],
  ['# 2. Milestone 6 – Rye', '6', 'Rye'],
  ['**Milestone 9: Rye**', '9', 'Rye'],
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
  ['a label behind a picture', ['🎯 **Goal**: Bake']],
  ['a label in words', ['**What the user can do after this:** Bake']],
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
  ['## Acceptance scenario', true],
  ['**E2E Test**', true],
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

test.each<[heading: string, id: string | null, title: string]>([
  ['# MS-7 Rye', '7', 'Rye'],
  ['# Rye', null, 'Rye'],
])('of a document that says how to see it at work, %j is a title too', (heading, id, title) => {
  expect(readPlan('p.md', `${heading}\n\n## E2E Test\n\n1. Bake\n`).milestones).toMatchObject([
    { id, title },
  ]);
  expect(readPlan('p.md', heading).milestones).toEqual([]);
});

test('the front matter says which milestone it is', () => {
  const text = '---\ntitle: Oven\nmilestone: "4.5"\n---\n# Oven\n\n## E2E Test\n\n1. Bake\n';
  expect(readPlan('p.md', text).milestones).toMatchObject([{ id: '4.5', title: 'Oven' }]);
});

test('lines that are bold are the headings where there are no others', () => {
  const text =
    '**M1: Oven**\n\nx\n\n**E2E Test**\n\n1. Bake\n\n**Success**: hot\n\n**Later**\n\n1. y\n';
  expect(readPlan('p.md', text).milestones.flatMap(told)).toEqual([
    '1 1 Oven · 3 x',
    '5 E2E Test (numbered) steps 7 criteria ',
  ]);
});

const inTest = (...lines: string[]): Milestone['scenarios'][number] | undefined =>
  readPlan('p.md', ['# M1: Oven', '## E2E Test', ...lines].join('\n')).milestones[0]?.scenarios[0];

test('what a terminal answered is what is expected, and belongs to its command', () => {
  const lines = [
    '```console',
    '$ bake <<X',
    'rye',
    'X',
    '{',
    ' "ok": 1 }',
    '$ list',
    '# then',
    '$ off',
    '3',
  ];
  expect(inTest(...lines, '```')?.steps).toMatchObject([
    { line: 4, endLine: 8, text: 'bake <<X\nrye\nX', expected: [{ line: 7, text: '{ "ok": 1 }' }] },
    { line: 9, endLine: 9, text: 'list', expected: [] },
    { line: 11, endLine: 12, text: 'off', expected: [{ line: 12, text: '3' }] },
  ]);
});

test('given, when and then are what is there before, a step and a criterion', () => {
  const lines = [
    '```gherkin',
    'Scenario: Rye',
    '  Given flour',
    '  When I bake',
    '  Then it is hot',
    '  And brown',
  ];
  expect(inTest(...lines, '```')).toMatchObject({
    prerequisites: [{ line: 5, text: 'flour' }],
    steps: [{ line: 6, text: 'I bake' }],
    criteria: [
      { line: 7, text: 'it is hot' },
      { line: 8, text: 'brown' },
    ],
  });
});

test.each<[text: string, commands: readonly string[]]>([
  ['POST `/orders` with rye', ['curl -X POST "/orders"']],
  [
    '`GET /orders/{order-id}`, then DELETE /orders/:id.',
    ['curl -X GET "/orders/${order_id}"', 'curl -X DELETE "/orders/${id}"'],
  ],
  ['Ask GET /x"; touch y', ['curl -X GET "/x"']],
  ['GET /x$(touch)y', ['curl -X GET "/x"']],
  ['the GET request', []],
])('the requests of %j', (text, commands) => {
  expect(requestsIn(text)).toEqual(commands);
});

test('no command and no box is lost', () => {
  const text = file('M3a_loaves.md');
  expect(unaccounted(readPlan('p.md', text).milestones, text)).toEqual({
    commands: 10,
    boxes: 5,
    lost: [],
  });
});
