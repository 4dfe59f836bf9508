import { expect, test } from 'vitest';
import { isProven } from '../../src/prove/proof.ts';
import { withDefect } from '../support/flawed.ts';
import { ktrdr } from '../support/ktrdr.ts';
import { labWith } from './lab.ts';

const profile = withDefect(ktrdr, 'training', {
  evidence: {
    id: 'long-training',
    text: 'the loss is beyond all measure',
    path: '.data.result_summary.training_metrics.final_train_loss',
    gte: 1000,
    source: 'made up',
  },
  service: 'backend',
  line: 'Created operation',
});

test('a known defect is accepted in the run without faults, and each of its points turns green without it', async () => {
  const { prove } = await labWith('smoke', profile);
  const points = new Set(['long-training-told', 'long-training', 'no-never-right']);
  const proof = await prove({ only: ({ point }) => points.has(point ?? '') });
  expect(proof).toMatchObject({ baseline: 'known-defect', survivors: [] });
  const killed = Object.fromEntries(
    proof.criteria.map(({ id, killedBy }) => [id, killedBy.join(', ')]),
  );
  expect(killed['long-training-told']).toContain('field-missing');
  expect(killed['long-training']).toContain('defect-healed');
  expect(killed['no-never-right']).toContain('defect-healed');
  expect(isProven({ ...proof, decorative: [] })).toBe(true);
  expect(proof.decorative).not.toContain('long-training');
});

test('a point that says the same whatever the system does is found out', async () => {
  const { prove } = await labWith('smoke', profile);
  const proof = await prove({
    without: ['check long-training '],
    add: "check long-training 'the loss is beyond all measure' final .data.status equals never defect=never-right",
    only: ({ point, heals }) => point === 'long-training' && heals === true,
  });
  expect(proof.survivors[0]?.fault).toContain('defect-healed');
  expect(proof.survivors[0]?.suggestion).toContain('stayed red without the defect');
});
