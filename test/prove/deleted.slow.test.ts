import { expect, test } from 'vitest';
import type { Fault } from '../../src/prove/fault.ts';
import { isProven } from '../../src/prove/proof.ts';
import { labWith, type answers, type Lab } from './lab.ts';

const labs = new Map<string, Promise<Lab>>();

function lab(kind: keyof typeof answers): Promise<Lab> {
  const known = labs.get(kind) ?? labWith(kind);
  labs.set(kind, known);
  return known;
}

test.each([
  ['a check of a status', 'smoke', 'check accepted ', 'accepted', 'status-500-good-body'],
  ['a check of a field', 'smoke', 'check epochs-trained ', 'epochs-trained', 'wrong-value'],
  ['a sanity check', 'smoke', 'check train-accuracy ', 'train-accuracy', 'wrong-value'],
  ['a check of a body', 'error', 'check stack-trace ', 'stack-trace', 'stack-trace'],
  ['a guard', 'cancellation', 'guard mid-way ', 'mid-way', 'wrong-value'],
  ['a poll', 'cancellation', 'poll ended ', 'ends', 'ends-as-completed'],
  ['a series', 'progress', 'series never-falls ', 'never-falls', 'progress-falls'],
  [
    'a line in a log',
    'integration',
    'log seen-local-bridge ',
    'seen-local-bridge',
    'log-line-missing',
  ],
  ['a clean log', 'smoke', 'log no-errors-backend ', 'no-errors-backend', 'log-error-line'],
  ['a file', 'files', 'file file-rows ', 'file-rows', 'wrong-value'],
  ['the exit of a command', 'command', 'check exits-well ', 'exits-well', 'wrong-exit'],
  ['the output of a command', 'command', 'check outcome-stdout ', 'outcome-stdout', 'says-nothing'],
  ['a query', 'command', 'check database-ledger ', 'database-ledger', 'wrong-value'],
  ['one of several', 'alternatives', 'any any-of ', 'any-of', 'wrong-value'],
  ['a page that opens', 'page', 'check page-opens ', 'page-opens', 'status-500-good-body'],
] as const)('%s that is deleted lets its fault survive', async (_name, kind, line, point, name) => {
  const { prove } = await lab(kind);
  const proof = await prove({
    without: [line],
    only: (fault) => fault.point === point && fault.name === name,
  });
  expect(proof.baseline).toBe('passed');
  expect(proof.faults.survived).toBeGreaterThan(0);
  expect(proof.survivors[0]?.fault).toContain(name);
  expect(proof.survivors[0]?.suggestion).toContain(line.trim());
  expect(proof.decorative).toContain(point);
  expect(isProven(proof)).toBe(false);
});

test.each([
  ['a capture', 'smoke', ['capture id ']],
  ['a hold with a judgement on it', 'cancellation', ['hold stays ']],
  ['what finds the operation of a command', 'launched', ['find id has-id ']],
  ['the status of a refusal', 'error', ['check refused ']],
] as const)('%s cannot be deleted: there is no green run then', async (_name, kind, without) => {
  const { prove } = await lab(kind);
  const proof = await prove({ without });
  expect(proof.baseline).not.toBe('passed');
  expect(proof.reason).toBeDefined();
  expect(isProven(proof)).toBe(false);
});

test('the log of a script that sends no request is made wrong where it is read', async () => {
  const { prove } = await lab('files');
  const proof = await prove({ only: ({ name }) => name === 'log-error-line' });
  expect(proof.faults).toEqual({ planted: 1, landed: 1, killed: 1, survived: 0 });
});

const url = '"$KTRDR_API_URL/api/v1/health"';
const only = ({ point }: Fault): boolean => point === 'piece';

test.each([
  ['asks a service', `set -o pipefail; curl -fsS ${url} | jq -e '.status == "ok"'`, 'wrong-value'],
  ['runs a program', 'tell well', 'wrong-exit'],
])('a script that %s and can fail is proven', async (_what, piece, name) => {
  const { prove } = await labWith('lookup', undefined, piece);
  const proof = await prove({ only });
  expect(proof.faults).toEqual({ planted: 1, landed: 1, killed: 1, survived: 0 });
  expect(proof.criteria.find(({ id }) => id === 'piece')?.killedBy[0]).toContain(name);
});

test('a script that is deleted leaves its criterion decorative, and that it did not run is told', async () => {
  const { prove } = await labWith('lookup', undefined, 'tell well');
  const proof = await prove({ without: ['script piece '], only });
  expect(proof.decorative).toContain('piece');
  expect(proof.notLanded[0]).toContain('piece.sh did not run');
});

test('a script that cannot fail is found out', async () => {
  const { prove } = await labWith('lookup', undefined, `curl -sS ${url}; true`);
  const proof = await prove({ only });
  expect(proof.faults).toEqual({ planted: 1, landed: 1, killed: 0, survived: 1 });
  expect(proof.decorative).toContain('piece');
  expect(proof.survivors[0]?.suggestion).toContain('piece.sh end with another code');
});

test('what was started is not looked for again: no fault can be planted there, and the criterion is decorative', async () => {
  const { prove } = await lab('launched');
  const proof = await prove({
    without: ['find id only-one '],
    only: ({ point }) => point === 'only-one',
  });
  expect(proof).toMatchObject({ baseline: 'passed', faults: { planted: 0 } });
  expect(proof.decorative).toContain('only-one');
  expect(isProven(proof)).toBe(false);
});

test('a hold that is deleted with its judgement leaves its criterion decorative', async () => {
  const { prove } = await lab('cancellation');
  const proof = await prove({
    without: ['hold stays ', 'series progress-stops '],
    only: ({ point }) => point === 'stays-ended' || point === 'progress-stops',
  });
  expect(proof.baseline).toBe('passed');
  expect(proof.decorative).toEqual(expect.arrayContaining(['stays-ended', 'progress-stops']));
});

test('a fault that changes nothing is not landed, and no kill', async () => {
  const { prove, resolved } = await lab('smoke');
  const proof = await prove({
    faults: [
      {
        name: 'nothing',
        what: 'no change',
        point: 'accepted',
        plant: { kind: 'reply', act: 1, change: (reply) => reply },
      },
    ],
  });
  expect(resolved.steps.length).toBeGreaterThan(0);
  expect(proof.faults).toEqual({ planted: 1, landed: 0, killed: 0, survived: 0 });
  expect(proof.notLanded).toEqual(['nothing: no change']);
});

test('red for another reason is no kill', async () => {
  const { prove } = await lab('smoke');
  const proof = await prove({
    faults: [
      {
        name: 'misbound',
        what: 'status 500',
        point: 'completes',
        plant: { kind: 'reply', act: 1, change: (reply) => ({ ...reply, status: 500 }) },
      },
    ],
  });
  expect(proof.faults).toMatchObject({ landed: 1, killed: 0, survived: 1 });
  expect(proof.survivors[0]?.suggestion).toContain('accepted turned red first');
});
