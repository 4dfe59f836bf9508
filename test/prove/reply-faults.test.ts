import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { faultsOf } from '../../src/prove/derive.ts';
import { sendingActs } from '../../src/prove/sending.ts';
import { resolve } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';
import { changesFor, type Sight } from '../../src/prove/reply-faults.ts';
import { jsonOf, type Reply } from '../../src/prove/reply.ts';
import type { CheckAct, Term } from '../../src/scenario/acts.ts';

const reply: Reply = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  text: '{"order":"A-17","loaves":3}',
  seconds: 0.1,
  elapsed: 0,
};
const sight: Sight = {
  reply,
  captures: {},
  knownFor: () => [],
  endsFor: () => [],
  isHealth: false,
};
const memory = { earlier: [], shown: [], captures: {} };

function changed(name: string, field: string, value: string | number): Reply | undefined {
  const terms: readonly Term[] = [{ field, comparisons: [{ name: 'equals', value }] }];
  const act: CheckAct = {
    kind: 'check',
    id: 'accepted',
    text: 'it is accepted',
    reply: 'start',
    condition: [terms],
  };
  return changesFor(act, sight)
    .find((one) => one.name === name)
    ?.change(reply, memory);
}

test('a check of a status is shown a redirect over the good body', () => {
  expect(changed('redirect', 'status', 201)).toEqual({
    ...reply,
    status: 302,
    headers: { ...reply.headers, location: '/' },
  });
});

test('a check of a field is shown a body that was cut off, under a good status', () => {
  const cut = changed('truncated-json', '.order', 'A-17');
  expect(cut?.status).toBe(201);
  expect(cut?.text).toBe('{"order":"A-1');
  expect(cut && jsonOf(cut)).toBeUndefined();
});

test.each<[where: string, captures: boolean, names: readonly string[]]>([
  ['alone', false, ['status-500-good-body', 'redirect']],
  ['behind a capture, which takes nothing from a refusal', true, ['wrong-success']],
])('the faults of a status %s', (_where, captures, names) => {
  const { answers } = checkAnswers(bakeryAnswers.menu, bakery);
  if (!answers) throw new Error('no answers');
  const added = {
    id: 'ask',
    request: { endpoint: 'menu.read' },
    ...(captures && { captures: [{ name: 'day', path: '.day' }] }),
    expect: [{ status: 200 }],
  };
  const { resolved, problems } = resolve(
    { ...draft(answers, 'bakery'), additions: [added] },
    bakery,
  );
  if (!resolved) throw new Error(JSON.stringify(problems));
  const good = {
    ...reply,
    status: 200,
    text: '{"day":"Monday","breads":[{"name":"rye","grams":500}]}',
  };
  const faults = faultsOf(
    resolved,
    sendingActs(resolved).map(() => [good]),
  );
  expect(faults.filter(({ point }) => point === 'ask-status').map(({ name }) => name)).toEqual(
    names,
  );
});
