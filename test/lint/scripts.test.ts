import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintScript, type Judged } from '../../src/lint/lint.ts';
import { root } from '../support/ktrdr.ts';

const traps = join(root, '..', 'shared', 'traps');

describe.skipIf(!existsSync(traps))(
  'shared: each trap is found, as what it is and nothing else',
  () => {
    const files = existsSync(traps) ? readdirSync(traps) : [];
    test.each(files.map((name) => [name]))('shared: %s', (name) => {
      expect(codesOf(judge(join(traps, name)))).toEqual([basename(name, '.sh')]);
    });
  },
);

/** Scripts that are meant to be good: ours, those that we generate, and some written to look much like the traps. */
const good = [
  ...scriptsBelow('generated'),
  ...scriptsBelow('test/golden'),
  ...scriptsBelow('scripts'),
  ...scriptsBelow('test/fixtures/lint/good'),
  'templates/runtime.sh',
  '.ci/run',
];

test.each(good.map((path) => [path]))('nothing is found in %s', (path) => {
  expect(judge(join(root, path)).findings).toEqual([]);
});

describe('what is no script that can be judged gets a clear note', () => {
  test.each<[what: string, bytes: Uint8Array | string, code: string, unread: boolean]>([
    ['an open quote', 'echo "abc\nls\n', 'syntax', false],
    ['an open loop', 'for i in 1; do\nif x; then y\n', 'syntax', false],
    ['an open substitution', 'echo $(ls', 'syntax', false],
    ['too deep', `${'$('.repeat(3000)}x${')'.repeat(3000)}`, 'too-deep', false],
    ['ifs too deep', `${'if a; then\n'.repeat(3000)}b\n${'fi\n'.repeat(3000)}`, 'too-deep', false],
    ['a binary', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0), 'not-bash', true],
    ['no UTF-8', Uint8Array.of(0x65, 0xff, 0xfe), 'not-bash', true],
    ['zsh', '#!/bin/zsh\necho a\n', 'not-bash', true],
    ['python', '#!/usr/bin/env -S python3 -u\nprint(1)\n', 'not-bash', true],
    ['10 MB', 'echo a\n'.repeat(1_500_000), 'too-large', true],
    ['a byte order mark', '\uFEFF#!/bin/bash\necho a\n', 'byte-order-mark', false],
    ['CR LF', '#!/bin/bash\r\necho a\r\n', 'carriage-return', false],
    ['nothing', '', 'not-bash', true],
    ['blank lines', ' \n\n', 'not-bash', true],
    ['a here-document left open', 'cat <<X\na\n', 'syntax', false],
    [
      '3,000 substitutions in each other',
      `echo ${'$('.repeat(3000)}a${')'.repeat(3000)}`,
      'too-deep',
      false,
    ],
  ])('%s', (_what, content, code, unread) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const judged = lintScript(bytes, 'x.sh');
    expect(judged).toMatchObject({ unread, findings: [{ code, path: 'x.sh' }] });
    expect(judged.findings[0]?.message).toMatch(/\w{3}/);
  });

  test.each(['#!/bin/sh\n', '#!/usr/bin/env bash', '\\\n', ';', '# only this'])(
    'no crash: %j',
    (text) => {
      expect(lintScript(Buffer.from(text), 'x.sh').unread).toBe(false);
    },
  );

  test('behind CR LF and a byte order mark the script is judged all the same', () => {
    const judged = lintScript(Buffer.from('\uFEFF#!/bin/bash\r\nsleep 30\r\n'), 'x.sh');
    expect(codesOf(judged)).toEqual(['byte-order-mark', 'carriage-return', 'fixed-sleep']);
  });
});

describe('a finding is taken back with a reason', () => {
  test.each<[what: string, script: string, codes: readonly string[], ignored: number]>([
    ['at the end of the line', 'sleep 9 # scenario-ignore fixed-sleep: it is so', [], 1],
    ['above the line', '# scenario-ignore fixed-sleep: it is so\n\n# why\nsleep 9', [], 1],
    ['no reason', 'sleep 9 # scenario-ignore fixed-sleep', ['fixed-sleep', 'ignore-unreasoned'], 0],
    [
      'an empty one',
      'sleep 9 # scenario-ignore fixed-sleep: ',
      ['fixed-sleep', 'ignore-unreasoned'],
      0,
    ],
    [
      'no such code',
      'sleep 9 # scenario-ignore fixed-slep: so',
      ['fixed-sleep', 'ignore-unknown'],
      0,
    ],
    ['another code', 'sleep 9 # scenario-ignore or-true: so', ['fixed-sleep'], 0],
    ['another line', 'sleep 9\nls # scenario-ignore fixed-sleep: so', ['fixed-sleep'], 0],
    ['in a text', "sleep 9; echo ' # scenario-ignore fixed-sleep: so'", ['fixed-sleep'], 0],
    [
      'in a here-document',
      'cat <<X\n# scenario-ignore fixed-sleep: so\nX\nsleep 9',
      ['fixed-sleep'],
      0,
    ],
  ])('%s', (_what, script, codes, ignored) => {
    const judged = lintScript(Buffer.from(script), 'x.sh');
    expect(codesOf(judged).toSorted()).toEqual(codes);
    expect(judged.ignored).toBe(ignored);
  });

  test('the nearest code is named', () => {
    const [, finding] = lintScript(
      Buffer.from('sleep 9 # scenario-ignore fixed-slep: so'),
      'x.sh',
    ).findings.toSorted((a, b) => a.code.localeCompare(b.code));
    expect(finding).toMatchObject({ nearest: '# scenario-ignore fixed-sleep: so' });
  });
});

function judge(path: string): Judged {
  return lintScript(readFileSync(path), path);
}

function codesOf({ findings }: Judged): readonly string[] {
  return findings.map(({ code }) => code);
}

function scriptsBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sh'))
    .map((path) => join(folder, path));
}
