import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { checksHash } from '../../src/scenario/checks-hash.ts';
import { withPieces } from '../../src/scenario/pieces.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

/** The hash of a scenario whose piece of bash holds this. */
function hashWith(text: string | undefined, additions: readonly { id: string; script: string }[]) {
  const { answers } = checkAnswers(bakeryAnswers.menu, bakery);
  if (!answers) throw new Error('not checked');
  const { resolved } = resolve({ ...draft(answers, 'bakery'), additions: [...additions] }, bakery);
  if (!resolved) throw new Error('not resolved');
  return [checksHash(withPieces(resolved, () => text)), checksHash(resolved)];
}

test('what a piece of bash holds is part of the checks', () => {
  const additions = [{ id: 'mine', script: 'mine.sh' }];
  const hashes = ['true', 'false', undefined].map((text) => hashWith(text, additions)[0]);
  expect(new Set(hashes).size).toBe(3);
  expect(hashWith('true', additions)[0]).toBe(hashes[0]);
});

test('without pieces the hash is as it was', () => {
  const [known, plain] = hashWith('true', []);
  expect(known).toBe(plain);
});
