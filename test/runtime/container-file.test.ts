import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { frame, run, sweep } from './harness.ts';

afterAll(sweep);

/** A docker that runs the command where it stands, unless a file says that there is no container; it notes its words. */
const docker = `#!/bin/sh
printf '%s\\n' "$@" > called
[ ! -e gone ] || { echo 'No such container: till' >&2; exit 1; }
if [ "$3" = stat ]; then echo "$(cat when 2>/dev/null || echo 99999999999.5)"; exit; fi
shift 2
exec "$@"
`;

const declared = [
  "files till read cure='start it' -- docker exec till cat '{path}'",
  "files till modified -- docker exec till stat -c %.9Y '{path}'",
];

function look(check: string, files: Record<string, string>, declarations = declared) {
  return run(frame([...declarations, 'preflight', 'step Look', check], 1), {
    files: { 'bin/docker': docker, ...files },
    env: { SCENARIO_ENV_FILE: '' },
    via: (script) => ({ command: 'sh', args: ['-c', `PATH="$PWD/bin:$PATH" exec ${script}`] }),
  });
}

const told = (rule: string): string => `file f f out.json ${rule} in=till`;

describe.concurrent('a file of a service', () => {
  test.each<[string, string, Record<string, string>, number]>([
    ['is there', told('exists'), { 'out.json': '' }, 0],
    ['is not there', told('exists'), {}, 1],
    ['is large enough', told('min-bytes 3'), { 'out.json': 'abc' }, 0],
    ['is too small', told('min-bytes 4'), { 'out.json': 'abc' }, 1],
    ['holds the value', told('value .a equals 3'), { 'out.json': '{"a":3}' }, 0],
    ['holds another value', told('value .a equals 3'), { 'out.json': '{"a":4}' }, 1],
    ['holds YAML', 'file f f o.yaml value .a equals 3 in=till', { 'o.yaml': 'a: 3\n' }, 0],
    ['was written by the run', told('newer'), { 'out.json': '' }, 0],
    ['was written before', told('newer'), { 'out.json': '', when: '1700000000.25' }, 1],
    ['tells no time', told('newer'), { 'out.json': '', when: 'yesterday' }, 1],
    ['is new, but not there', told('newer'), {}, 1],
    ['has no container', told('exists'), { 'out.json': '', gone: '' }, 3],
    ['is named like an option', 'file f f --help exists in=till', { '--help': '' }, 0],
  ])('%s', async (_what, check, files, code) => {
    const done = await look(check, files);
    expect([done.code, done.tapOk]).toEqual([code, code === 0]);
  });
});

test('the path is one word, whatever it holds', async () => {
  const path = '$(touch hacked) "x".json';
  const done = await look(`file f f '${path}' value .a equals 1 in=till`, { [path]: '{"a":1}' });
  expect(done.code).toBe(0);
  expect(readFileSync(`${done.folder}/called`, 'utf8').split('\n')).toContain(path);
  expect(Object.keys(done.evidence).some((name) => name.endsWith('-f.file'))).toBe(true);
});

test.each([
  ['no path', ['files till read cure=x -- docker exec till cat']],
  ['the path within a word', ["files till read cure=x -- sh -c 'cat {path}'"]],
  ['the path as the command', ["files till read cure=x -- '{path}' x"]],
  ['no reader', []],
])('%s is refused', async (_what, declarations) => {
  expect((await look(told('exists'), { 'out.json': '' }, declarations)).code).toBe(2);
});

test('without docker the run is blocked, with the cure', async () => {
  const done = await look(told('exists'), {}, [
    "files till read cure='start it' -- no-such-docker cat '{path}'",
  ]);
  expect(done.code).toBe(3);
  expect(done.stdout).toMatch(/Bail out! blocked: .*no-such-docker is missing/);
  expect(done.stdout + done.stderr).toContain('start it');
});

test.each([
  ['only the variable of a proof, left over', {}, 0],
  ['another word', { SCENARIO_PROOF: 'other' }, 0],
  ['the word of the proof', { SCENARIO_PROOF: 'word' }, 1],
])('another file stands in the place of the one that is read: %s', async (_what, env, code) => {
  const plan = ['preflight', 'step Look', 'script s s good.sh', 'file f f out.json exists'];
  const done = await run(frame(plan, 2), {
    files: {
      'out.json': '{}',
      'generated/demo/case/good.sh': 'true',
      'overlay/.proof': 'word\n',
      'overlay/f/missing': '',
      'overlay/s': 'echo instead; exit 1',
    },
    env: { SCENARIO_FILE_OVERLAY: 'overlay', ...env },
  });
  expect(done.code).toBe(code);
  expect(done.stdout.includes('instead')).toBe(code === 1);
});
