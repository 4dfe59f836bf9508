import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { RecordedProof } from '../../src/files/records.ts';
import { pointsOf, type Resolved } from '../../src/scenario/model.ts';

const expectationSchema = z.strictObject({
  /** Legacy id of the scenario in the project's own list, such as `D3.2`. */
  ref: z.string(),
  /** What the original expects, in our words. */
  expectation: z.string(),
  /** The points that check it; empty where nothing can, and the note says why. */
  point: z
    .union([z.string(), z.array(z.string())])
    .transform((one) => (typeof one === 'string' ? [one] : one))
    .default([]),
  /** Where the original was wrong, and what holds in its place. */
  note: z.string().optional(),
});

/** One expectation of the project's own list, and the points that check it. */
export type Expectation = z.infer<typeof expectationSchema>;

/** All expectations in `docs/expectations/*.yaml`, in the order of the files and of their lines. */
export function readExpectations(root: string): readonly Expectation[] {
  const folder = join(root, 'docs/expectations');
  return readdirSync(folder)
    .toSorted()
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) =>
      z.array(expectationSchema).parse(parse(readFileSync(join(folder, name), 'utf8'))),
    );
}

/** A scenario that stands for one of the project's own list. */
export interface Successor {
  readonly resolved: Resolved;
  readonly proof?: RecordedProof;
}

/** What is wrong between expectations, scenarios and proofs; empty when each expectation is checked and proven. */
export function gaps(
  expectations: readonly Expectation[],
  successors: ReadonlyMap<string, Successor>,
): readonly string[] {
  const withoutScenario = [...new Set(expectations.map(({ ref }) => ref))]
    .filter((ref) => !successors.has(ref))
    .map((ref) => `${ref}: no scenario has this ref`);
  const unexpected = [...successors.keys()]
    .filter((ref) => !expectations.some((one) => one.ref === ref))
    .map((ref) => `${ref}: docs/expectations says nothing of it`);
  const wrong = expectations.flatMap(({ ref, expectation, point, note }) => {
    const successor = successors.get(ref);
    if (successor === undefined) return [];
    if (point.length === 0 && note === undefined)
      return [`${ref}: nothing checks "${expectation}"`];
    const ids = new Set(pointsOf(successor.resolved.steps).map((one) => one.point.id));
    return point
      .filter((id) => !ids.has(id) || faultOf(successor, id) === undefined)
      .map(
        (id) => `${ref}: ${id} ${ids.has(id) ? 'was turned red by no fault' : 'is no point of it'}`,
      );
  });
  return [...withoutScenario, ...unexpected, ...wrong];
}

/** The page: each original expectation → the check → the fault that turned it red. */
export function expectationsPage(
  expectations: readonly Expectation[],
  successors: ReadonlyMap<string, Successor>,
): string {
  const refs = [...new Set(expectations.map(({ ref }) => ref))];
  const sections = refs.flatMap((ref) => {
    const successor = successors.get(ref);
    if (successor === undefined) return [];
    const { id, name } = successor.resolved;
    const rows = expectations.filter((one) => one.ref === ref).map((one) => row(one, successor));
    return [
      `## ${ref}: [${name}](../generated/${id}/scenario.md)`,
      '',
      '| the original expects | check | turned red by |',
      '|---|---|---|',
      ...rows,
      '',
    ];
  });
  return [...intro(refs.length, expectations.length), ...sections].join('\n');
}

function intro(scenarios: number, expectations: number): readonly string[] {
  return [
    '# What became of the 37',
    '',
    `KTRDR's own list has ${scenarios} scenarios that a person ran and looked at. Each is a scenario here; its ${expectations} expectations are checks,`,
    'and the last column names one fault of the recorded proof that turned the check red. Where the original was wrong, the row says what holds.',
    'Written by `npm run library-table` from docs/expectations/, the scenarios and their proofs; a test compares.',
    '',
  ];
}

function row({ expectation, point, note }: Expectation, successor: Successor): string {
  const points = pointsOf(successor.resolved.steps).map((one) => one.point);
  const checks = point.map((id) => points.find((one) => one.id === id)?.text ?? id);
  const faults = point.map((id) => faultOf(successor, id) ?? '–');
  const said = note === undefined ? expectation : `${expectation}. *${note}*`;
  return `| ${cell(said)} | ${cell(checks.join('; ') || '–')} | ${cell(faults.join('; ') || '–')} |`;
}

/** One fault that turned a point red, without the ids and times of that run. */
function faultOf({ proof }: Successor, id: string): string | undefined {
  const killedBy = proof?.criteria.find((one) => one.id === id)?.killedBy ?? [];
  return [...killedBy].toSorted((a, b) => a.length - b.length)[0];
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
