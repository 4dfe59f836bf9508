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
  ['curl http://localhost:7070/orders/A%2F1', { trigger: { params: { id: 'A/1' } } }],
  ['curl "http://localhost:7070/orders/A-1?full=1"', { trigger: { path: '/orders/A-1?full=1' } }],
  [
    `$ curl.exe http://x/a -XPUT --json '{"a":1}'`,
    { trigger: { method: 'PUT', payload: { a: 1 } } },
  ],
  [
    `curl -G http://x/a?z=1 -d b=2 --data-urlencode 'q=a b&c'`,
    { trigger: { method: 'GET', path: '/a?z=1&b=2&q=a%20b%26c' } },
  ],
  ['curl -T f.bin http://x/a', { trigger: { method: 'PUT', path: '/a' } }],
  [
    `curl http://x/a -d $'{"note":"it\\'s"}' --compressed`,
    { trigger: { payload: { note: "it's" } } },
  ],
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
  [`curl -u me:s3cret http://x/a`, "curl's option -u is not kept"],
  ['curl http://me:s3cret@x/a', 'the user in the address is not kept'],
  ['curl -d a=1 -d @order.json http://x/a', 'the file order.json, which is not read'],
  ["curl --data-raw '@order.json' http://x/a", 'the body is no JSON'],
  ['curl http://x/a -d "{\\"a\\": \\"$B\\"}"', 'the variable B of the shell'],
])('%s: what is not kept is told', (text, message) => {
  const { answers, findings } = fromCurl(text, bakery);
  expect(findings.map((one) => one.message).join('\n')).toContain(message);
  expect(JSON.stringify({ answers, findings })).not.toContain('s3cret');
});

test('headers that a browser adds are not told', () => {
  const { findings } = fromCurl(
    "curl http://localhost:7070/orders -H 'sec-fetch-mode: cors' -H 'accept-language: en' -H 'referer: x'",
    bakery,
  );
  expect(findings).toEqual([]);
});

test.each([
  ['wget http://x', 'no call of curl'],
  ['curl "http://x', 'no command that can be read'],
  ['curl http://x/$ID', 'nothing says what stands in'],
  ['curl http://x/a; curl http://x/b', 'more than one call'],
  ['curl http://x/a http://x/b', 'more than one address'],
  ['curl http://x/a --next -X POST http://x/b', 'more than one address'],
  ['curl "http://x/[1-3]"', 'several addresses'],
  ['curl --compresed http://x', 'no option --compresed; did you mean --compressed?'],
  ['curl ftp://x/a', 'ftp is not HTTP'],
  ['curl -I http://x/a', 'HEAD is no method of a trigger'],
  ['curl "http://x" ^\n  -H "accept: */*"', 'quoted for cmd or PowerShell'],
])('%s is refused', (text, message) => {
  expect(() => fromCurl(text, bakery)).toThrow(message);
});
