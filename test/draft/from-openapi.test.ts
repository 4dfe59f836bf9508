import { expect, test } from 'vitest';
import { fromOpenApi } from '../../src/draft/from-openapi.ts';
import { bakery } from '../support/ktrdr.ts';

const order = {
  type: 'object',
  required: ['bread', 'loaves', 'again'],
  properties: {
    bread: { type: 'string', example: 'rye' },
    loaves: { type: 'integer', minimum: 3 },
    again: { $ref: '#/components/schemas/Order' },
  },
};
const document = {
  openapi: '3.1.0',
  paths: {
    '/orders': {
      post: {
        operationId: 'placeOrder',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Small' } } },
        },
      },
      put: {
        operationId: 'deep',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
      },
    },
    '/orders/{order_no}': { get: { operationId: 'lookAtOrder' } },
  },
  components: { schemas: { Order: order, Small: { ...order, required: ['bread', 'loaves'] } } },
};

test.each([
  [
    'placeOrder',
    {
      trigger: { kind: 'api', endpoint: 'orders.place' },
      calibration: 'orders/smoke',
    },
  ],
  ['lookAtOrder', { trigger: { kind: 'api', endpoint: 'orders.look' } }],
  [
    'deep',
    {
      trigger: {
        kind: 'api',
        method: 'PUT',
        path: '/orders',
        payload: { bread: 'rye', loaves: 3 },
      },
    },
  ],
])('%s', (operation, answers) => {
  expect(fromOpenApi(document, operation, 'api.json', bakery).answers).toMatchObject(answers);
});

test('an unknown operation is told with the nearest one', () => {
  expect(() => fromOpenApi(document, 'placeOrdr', 'api.json', bakery)).toThrow(
    'did you mean placeOrder?',
  );
  expect(() => fromOpenApi([], 'x', 'api.json', bakery)).toThrow('no OpenAPI 3 document');
});
