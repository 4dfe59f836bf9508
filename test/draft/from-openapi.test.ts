import { expect, test } from 'vitest';
import { readDocument } from '../../src/answers/read.ts';
import { fromOpenapi } from '../../src/draft/from-openapi.ts';
import { bakery } from '../support/ktrdr.ts';

const yaml = `openapi: 3.0.3
servers: [{ url: 'http://localhost:{port}/', variables: { port: { default: '7070' } } }]
paths:
  /orders:
    post:
      operationId: placeOrder
      parameters: [{ $ref: '#/components/parameters/key' }]
      requestBody: { $ref: '#/components/requestBodies/order' }
      responses: { 201: { description: made } }
  /orders/{no}:
    parameters: [{ name: no, in: path, required: true, schema: { type: string, example: A-1 } }]
    get: { operationId: lookAtOrder }
  /orders/{no}/recall:
    post: { operationId: recallOrder }
  /cakes/{kind}:
    put:
      parameters:
        - { name: kind, in: path, required: true, example: plum }
        - { name: day, in: query, required: true, example: today }
        - { name: till, in: query, required: true, schema: { type: string } }
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - { required: [size], properties: { size: { enum: [small, large] } } }
                - required: [tiers, who]
                  properties:
                    tiers: { type: array, items: { $ref: '#/components/schemas/Tier' } }
                    who: { type: object, required: [name, boss], properties: { name: { type: string }, boss: { $ref: '#/components/schemas/Boss' } } }
                    note: { type: string }
  /photos:
    post: { operationId: sendPhoto, requestBody: { content: { image/png: {} } } }
components:
  parameters: { key: { name: X-Key, in: header, required: true, schema: { example: s3cret } } }
  requestBodies:
    order: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  schemas:
    Order:
      required: [bread, wrap, sign]
      properties:
        bread: { type: string, example: white }
        wrap: { type: string, default: paper }
        sign: { type: string }
        again: { $ref: '#/components/schemas/Order' }
    Boss: { required: [boss], properties: { boss: { $ref: '#/components/schemas/Boss' } } }
    Tier: { required: [grams], properties: { grams: { example: 500 }, inner: { $ref: '#/components/schemas/Tier' } } }
`;
const document = readDocument(yaml, 'bakery.yaml').value;
const read = (operation: string) => fromOpenapi(document, operation, bakery);
const told = (operation: string) => read(operation).findings.map(({ message }) => message);

test.each([
  // The profile's payload has bread, and knows better how much of it.
  ['placeOrder', { kind: 'api', endpoint: 'orders.place', body: { wrap: 'paper' } }],
  ['lookAtOrder', { kind: 'api', endpoint: 'orders.look', params: { id: 'A-1' } }],
  ['recallOrder', { kind: 'api', endpoint: 'orders.recall' }],
  [
    'PUT /cakes/{kind}',
    {
      kind: 'api',
      method: 'PUT',
      path: '/cakes/{kind}?day=today',
      params: { kind: 'plum' },
      payload: { size: 'small', tiers: [{ grams: 500 }], who: { boss: {} } },
    },
  ],
])('%s is the trigger', (operation, trigger) => {
  expect(read(operation).answers).toEqual({ trigger });
});

test('a document in JSON is the same', () => {
  const json = readDocument(JSON.stringify(document), 'bakery.json').value;
  expect(fromOpenapi(json, 'placeOrder', bakery)).toEqual(read('placeOrder'));
});

test('what has no value, and what is not kept, is told; a header is never written down', () => {
  expect(told('placeOrder')).toEqual([
    'the document has no example for sign, which is required: say it with --set trigger.body.sign=…',
    'the header parameter X-Key is required and is not kept',
  ]);
  expect(told('PUT /cakes/{kind}')).toEqual([
    'the profile knows no route PUT /cakes/{kind}',
    'the document has no example for who.name, which is required: say it with --set trigger.payload.who.name=…',
    'the document has no example for who.boss.boss, which is required: say it with --set trigger.payload.who.boss.boss=…',
    'the query parameter till is required and is not kept',
  ]);
  expect(told('sendPhoto')[1]).toContain('the body, which is image/png');
  expect(JSON.stringify(read('placeOrder'))).not.toContain('s3cret');
});

test.each([
  [document, 'placeOrdr', 'no operation placeOrdr', 'did you mean placeOrder?'],
  [document, '', 'no operation is named', 'it has: placeOrder, lookAtOrder'],
  [
    {
      openapi: '3.1.0',
      paths: { '/a': { get: { requestBody: { $ref: 'https://x/y.json#/b' } } } },
    },
    'GET /a',
    'refers to https://x/y.json#/b',
    'bundle it first',
  ],
  [{ swagger: '2.0' }, 'x', 'not OpenAPI 3', 'version 3.x'],
  [{ name: 'answers' }, 'x', 'no key openapi', 'version 3.x'],
])('%# a document without the operation is refused', (given, operation, message, cure) => {
  expect(() => fromOpenapi(given, operation, bakery)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      cure: expect.stringContaining(cure),
    }),
  );
});
