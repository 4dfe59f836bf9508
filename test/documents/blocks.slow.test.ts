import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { blocksOf, paste } from './blocks.ts';
import { breakingProxy, type Passing } from './breaking-proxy.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: 'auto', speed: 5, profileVersion: 'era' });
});
afterAll(() => sandbox.close());

const library = [
  'training/training-smoke',
  'training/training-progress',
  'training/training-cancellation',
  'training/training-invalid-payload',
  'training/training-unknown-strategy',
  'training/training-unknown-symbol',
  'training/training-through-every-component',
] as const;

describe('the commands of a document, pasted one after the other into one shell', () => {
  test.concurrent.each(library)('%s: each Expected holds', async (id) => {
    const blocks = blocksOf(id);
    expect(await paste(blocks, sandbox.env)).toEqual(blocks.map(() => 0));
  });

  const change = (pattern: RegExp, edit: (passing: Passing) => void) => (passing: Passing) => {
    if (pattern.test(`${passing.method} ${passing.path}`)) edit(passing);
  };
  const replaced = (from: string | RegExp, to: string) => (passing: Passing) => {
    passing.body = passing.body.replaceAll(new RegExp(from, 'g'), to);
  };
  test.concurrent.each<[string, string, number, (passing: Passing) => void]>([
    [
      'a service that is ill',
      library[0],
      1,
      change(/health/, (passing) => void (passing.status = 503)),
    ],
    [
      'a start that is refused with a good body',
      library[0],
      2,
      change(/POST/, (passing) => void (passing.status = 500)),
    ],
    [
      'success: false',
      library[0],
      2,
      change(/POST/, replaced('"success": ?true', '"success":false')),
    ],
    ['an id that is missing', library[0], 2, change(/POST/, replaced('"task_id"', '"task"'))],
    [
      'nothing trained',
      library[0],
      3,
      change(/GET .*op_/, replaced('"epochs_trained": ?10', '"epochs_trained":0')),
    ],
    [
      'a cancel that is not acknowledged',
      library[2],
      4,
      change(/DELETE/, (passing) => void (passing.status = 500)),
    ],
    [
      'a cancelled training that runs on',
      library[2],
      5,
      change(/GET .*op_/, replaced('"status": ?"(cancelled|failed)"', '"status":"running"')),
    ],
    [
      'an error that is accepted',
      library[3],
      2,
      change(/POST/, (passing) => void (passing.status = 200)),
    ],
    [
      'another message',
      library[4],
      2,
      change(/POST/, replaced('Strategy file not found', 'Something is wrong')),
    ],
    ['HTML', library[4], 2, change(/POST/, (passing) => void (passing.body = '<html>400</html>'))],
  ])('%s turns the command red', async (_what, id, block, breakage) => {
    const proxy = await breakingProxy(sandbox.services['backend'] ?? '', breakage);
    try {
      // Up to the block in question: what follows would wait for what never comes.
      const codes = await paste(blocksOf(id).slice(0, block), {
        ...sandbox.env,
        KTRDR_API_URL: proxy.origin,
      });
      expect(codes.slice(0, -1)).toEqual(codes.slice(0, -1).map(() => 0));
      expect(codes.at(-1)).not.toBe(0);
    } finally {
      proxy.close();
    }
  });
});
