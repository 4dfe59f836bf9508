import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/ktrdr.ts';

const page = readFileSync(join(root, 'docs/proof.md'), 'utf8');
const table = page.slice(page.indexOf('## The faults')).split('\n');
const named = new Set(
  table.flatMap((line) =>
    [...line.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)*)`/g)].map(([, name]) => name),
  ),
);
const sources = readdirSync(join(root, 'src/prove'))
  .map((file) => readFileSync(join(root, 'src/prove', file), 'utf8'))
  .join('\n');

test('each fault that turned a criterion of the library red has a row', () => {
  const proofs = readdirSync(join(root, 'generated'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('proof.json'))
    .map((path) => readFileSync(join(root, 'generated', path), 'utf8'));
  const killing = proofs.flatMap((text) =>
    (JSON.parse(text) as { criteria: { killedBy: string[] }[] }).criteria.flatMap(({ killedBy }) =>
      killedBy.map((label) => label.split(':')[0]),
    ),
  );
  expect(killing.length).toBeGreaterThan(1000);
  expect([...new Set(killing)].filter((name) => !named.has(name))).toEqual([]);
});

test('each row is of a fault that is planted', () => {
  expect(named.size).toBeGreaterThan(40);
  const isPlanted = (name = ''): boolean =>
    sources.includes(`'${name}'`) ||
    // Named by the state, or by what was before: ends-as-failed, cancelled-goes-on.
    (name.startsWith('ends-as-') && sources.includes('`ends-as-${')) ||
    /^(?:cancelled|ended)-(?:goes-on|then-completes)$/.test(name);
  expect([...named].filter((name) => !isPlanted(name))).toEqual([]);
});
