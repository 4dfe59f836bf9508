import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Told } from '../../src/errors.ts';
import { resolveText } from '../../src/scenario/read.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

/** What is told of a scenario file with this beside its answers: `path | nearest` of each problem. */
function told(more: object): readonly string[] {
  const file = { schema: 1, profile: 'bakery', answers: bakeryAnswers.smoke, ...more };
  try {
    resolveText(
      stringify(file, { aliasDuplicateObjects: false }),
      'orders/baking-smoke',
      'scenario.yaml',
      bakery,
    );
    return [];
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    return (error.issues ?? []).map((one) => `${one.path} | ${one.nearest ?? one.message}`);
  }
}

const request = { endpoint: 'menu.read' };
const until = { path: '.phase', equals: 'ready' };

test.each<[string, object, string]>([
  ['of the file', { addition: [] }, 'addition | additions'],
  ['of an addition', { additions: [{ id: 'x', requst: request }] }, 'additions.0.requst | request'],
  [
    'of a request',
    { additions: [{ id: 'x', request: { endpont: 'menu.read' } }] },
    'additions.0.request.endpont | endpoint',
  ],
  [
    'of a poll',
    { additions: [{ id: 'x', poll: { ...request, until, withn: 3, within: 3 } }] },
    'additions.0.poll.withn | within',
  ],
  [
    'of one of the alternatives of `until`',
    { additions: [{ id: 'x', poll: { ...request, within: 3, until: { ...until, equal: 1 } } }] },
    'additions.0.poll.until.equal | equals',
  ],
  [
    'of a list in the place of one',
    { additions: [{ id: 'x', poll: { ...request, within: 3, until: [{ ...until, equal: 1 }] } }] },
    'additions.0.poll.until.0.equal | equals',
  ],
  [
    'of an expectation',
    { additions: [{ id: 'x', request, expect: [{ status: 200, txt: 'x' }] }] },
    'additions.0.expect.0.txt | text',
  ],
  [
    'of a capture',
    { additions: [{ id: 'x', request, captures: [{ name: 'a', pth: '.a', path: '.a' }] }] },
    'additions.0.captures.0.pth | path',
  ],
  [
    'of repeat',
    { additions: [{ id: 'x', request, repeat: { times: 2, difers: ['.a'] } }] },
    'additions.0.repeat.difers | differs',
  ],
  [
    'of an outcome',
    { additions: [{ id: 'x', file: { path: 'x', minByte: 3 } }] },
    'additions.0.file.minByte | minBytes',
  ],
  ['of setup', { setup: [{ id: 'x', request, restor: request }] }, 'setup.0.restor | restore'],
  [
    'of an override',
    { overrides: { completes: { withn: 3 } } },
    'overrides.completes.withn | within',
  ],
  ['of uses', { uses: [{ scenario: 'a/b', untl: 'x' }] }, 'uses.0.untl | until'],
  ['of needs', { needs: { destructiv: 'x' } }, 'needs.destructiv | destructive'],
])('an unknown key %s is told with the nearest', (_what, more, line) => {
  expect(told(more)).toContain(line);
});
