import { expect, test } from 'vitest';
import { fromCurl } from '../../src/draft/from-curl.ts';
import { bakery } from '../support/ktrdr.ts';

test.each([
  [
    `curl -X POST http://localhost:7070/orders -d '{"bread":"rye","loaves":2,"note":"x"}'`,
    {
      trigger: { kind: 'api', endpoint: 'orders.place', body: { note: 'x' } },
      calibration: { bread: 'rye', loaves: 2 },
    },
  ],
  [
    'curl $BAKERY_URL/orders/A-1',
    { trigger: { kind: 'api', endpoint: 'orders.look', params: { id: 'A-1' } } },
  ],
  ['curl http://elsewhere/x?y=1', { trigger: { kind: 'api', method: 'GET', path: '/x?y=1' } }],
])('%s', (text, answers) => {
  expect(fromCurl(text, bakery).answers).toMatchObject(answers);
});

test('a secret is told and not kept', () => {
  const { answers, findings } = fromCurl(
    `curl -H 'Authorization: Bearer s3cret' http://localhost:7070/orders`,
    bakery,
  );
  expect(JSON.stringify({ answers, findings })).not.toContain('s3cret');
  expect(findings[0]?.message).toContain('the header Authorization is not written');
});

test.each([
  ['wget http://x', 'no call of curl'],
  ['curl "http://x', 'no command that can be read'],
  ['curl http://x/$ID', 'nothing says what stands in'],
  ['curl http://x/a; curl http://x/b', 'more than one call'],
])('%s is refused', (text, message) => {
  expect(() => fromCurl(text, bakery)).toThrow(message);
});
