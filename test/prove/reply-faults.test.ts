import { expect, test } from 'vitest';
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
