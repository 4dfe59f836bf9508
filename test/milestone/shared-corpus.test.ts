import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlan } from '../../src/milestone/milestones.ts';
import { root } from '../support/ktrdr.ts';
import { unaccounted } from './conservation.ts';

const corpus = join(root, '..', 'shared', 'corpus');
const list = join(corpus, 'expected-plans.json');

/** A row of the list that was made by rules. */
interface Expected {
  readonly path: string;
  readonly id: string | null;
  readonly title: string;
  readonly title_line: number;
  readonly capability: string | null;
  readonly e2e_sections: readonly (readonly [line: number, heading: string])[];
}

const bare = (text: string | null): string => (text ?? '').replaceAll(/[`*_"“”]/g, '').trim();

test.skipIf(!existsSync(list))(
  'shared: the plans of the corpus are read, and nothing of them is lost',
  () => {
    const expected = JSON.parse(readFileSync(list, 'utf8')) as readonly Expected[];
    const count = { title: 0, id: 0, capability: 0, e2e: 0, commands: 0, boxes: 0 };
    const lost: string[] = [];
    for (const row of expected) {
      const text = readFileSync(join(corpus, 'ktrdr', row.path), 'utf8');
      const { milestones } = readPlan(row.path, text);
      const [found] = milestones;
      const lines = found?.scenarios.map(({ line }) => line) ?? [];
      count.id += Number(milestones.length === 1 && found?.id === row.id);
      count.title += Number(found?.title === row.title && found.titleLine === row.title_line);
      count.capability += Number(
        bare(found?.capability ?? null).startsWith(bare(row.capability).slice(0, 100)),
      );
      count.e2e += Number(row.e2e_sections.every(([line]) => lines.includes(line)));
      const conserved = unaccounted(milestones, text);
      count.commands += conserved.commands;
      count.boxes += conserved.boxes;
      lost.push(...conserved.lost.map((line) => `${row.path}:${line}`));
    }
    console.info(`of ${expected.length} plans: ${JSON.stringify(count)}, lost ${lost.length}`);
    expect(lost).toEqual([]);
    expect(count).toMatchObject({ id: expected.length, title: expected.length });
    expect(count.capability / expected.length).toBeGreaterThanOrEqual(0.99);
    expect(count.e2e / expected.length).toBeGreaterThanOrEqual(0.98);
  },
);
