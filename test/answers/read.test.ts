import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Told } from '../../src/errors.ts';
import { readDocument, readDocumentFile } from '../../src/answers/read.ts';

describe('what is read', () => {
  test.each([
    [
      'plain values',
      'a: 1\nb: x\nc: true\nd: null\ne: [1, x]',
      { a: 1, b: 'x', c: true, d: null, e: [1, 'x'] },
    ],
    ['an empty value', 'a:\nb: 1', { a: null, b: 1 }],
    ['a byte order mark', '\ufeffa: 1', { a: 1 }],
    ['CRLF', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    [
      'the words of YAML 1.1 as texts',
      'a: yes\nb: off\nc: 2024-01-01\nd: 1:30',
      { a: 'yes', b: 'off', c: '2024-01-01', d: '1:30' },
    ],
    ['numbers as keys', '010: a\n1.10: b\ntrue: c', { '010': 'a', '1.10': 'b', true: 'c' }],
    [
      'an anchor and its aliases',
      'a: &x { k: 1 }\nb: *x\nc: [*x]',
      { a: { k: 1 }, b: { k: 1 }, c: [{ k: 1 }] },
    ],
    ['core tags', 'a: !!str 4.5\nb: !!int 3', { a: '4.5', b: 3 }],
    ['JSON in a YAML file, with tabs', '{\n\t"a": [1, {"b": null}]\n}', { a: [1, { b: null }] }],
    ['a marker before and after', '---\na: 1\n...\n', { a: 1 }],
    ['an empty mapping', '{}', {}],
    [
      'hostile texts as they are',
      'a: "$(touch x)"\nb: ${HOME}\nc: \'`id`\'',
      { a: '$(touch x)', b: '${HOME}', c: '`id`' },
    ],
    ['a pair in a list', 'a: [b: 1, 2]', { a: [{ b: 1 }, 2] }],
    ['? a key without a value', '? a\n', { a: null }],
  ])('%s', (_, text, value) => {
    expect(readDocument(text, 'a.yaml').value).toEqual(value);
  });

  test('__proto__ is a key like any other', () => {
    for (const [text, name] of [
      ['__proto__: { evil: 1 }\nb: 2', 'a.yaml'],
      ['{"__proto__": {"evil": 1}, "b": 2}', 'a.json'],
    ] as const) {
      const { value } = readDocument(text, name);
      expect(Object.keys(Object(value))).toEqual(['__proto__', 'b']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object(value).evil).toBeUndefined();
    }
  });

  test.each([
    ['a.yaml', 'a: 4.5', '4.5'],
    ['a.yaml', 'a: 1.10', '1.10'],
    ['a.yaml', 'a: 010', '010'],
    ['a.yaml', 'a: 1e3 # c', '1e3'],
    ['a.yaml', 'a: 0x1F', '0x1F'],
    ['a.yaml', 'a: +7', '+7'],
    ['a.yaml', 'x: &n 1.10\na: *n', '1.10'],
    ['a.yaml', 'a: "4.5"', undefined],
    ['a.yaml', 'a: 1_000', undefined],
    ['a.yaml', 'b: 1', undefined],
    ['a.json', '{"a": 1.10}', '1.10'],
    ['a.json', '{"a": -0.0e2}', '-0.0e2'],
  ])('the spelling of a number: %s %j', (name, text, spelling) => {
    expect(readDocument(text, name).spelling(['a'])).toBe(spelling);
  });

  const yaml =
    'name: X\ntrigger:\n  kind: api\n  params: { id: "a b" }\noutcome:\n  - state: 1\n  -\nempty:\ntext: |\n  two\n  lines\n';
  test.each([
    [['name'], 'value', '1:7+1'],
    [['name'], 'key', '1:1+4'],
    [['trigger'], 'value', '3:3+9'],
    [['trigger', 'params'], 'value', '4:11+13'],
    [['trigger', 'params', 'id'], 'value', '4:17+5'],
    [['trigger', 'absent', 'deeper'], 'value', '2:1+7'],
    [['outcome', 0, 'state'], 'value', '6:12+1'],
    [['outcome', 0], 'key', '5:1+7'],
    [['outcome', 1], 'value', '5:1+7'],
    [['outcome', 7], 'value', '5:1+7'],
    [['empty'], 'value', '8:1+5'],
    [['text'], 'value', '9:7+1'],
    [['absent'], 'value', '1:1+1'],
    [[], 'value', '1:1+7'],
  ] as const)('the place of %j (%s)', (path, part, place) => {
    const found = readDocument(yaml, 'a.yaml').position(path, part);
    expect(`${found.line}:${found.column}+${found.length}`).toBe(place);
  });

  test('any mapping, written as YAML and as JSON, is read as it was', () => {
    const mappings = fc
      .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 })
      .map((given): unknown => JSON.parse(JSON.stringify(given)))
      .map((value) => ({ value, yaml: stringify(value), json: JSON.stringify(value, null, 2) }))
      .filter(({ yaml: asYaml, json }) => isReadable(asYaml) && isReadable(json));
    fc.assert(
      fc.property(mappings, ({ value, yaml: asYaml, json }) => {
        expect(readDocument(asYaml, 'a.yaml').value).toEqual(value);
        expect(readDocument(json, 'a.json').value).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever JSON.parse refuses is refused, and the other way round', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\n"',
      '"\\x"',
      '1',
      '-0.5e3',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
      "'",
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
        const text = `{"k":${parts.join('')}}`;
        fc.pre(!/\d{16,}|e\d{3,}/.test(text));
        expect([text, isReadAsJson(text)]).toEqual([text, parses(text)]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('no text makes it throw anything but what is told', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '? ',
      '&a ',
      '*a',
      '!!set ',
      '|',
      '>',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '#',
      '%',
      '---\n',
      '<<',
      '\t',
      '\r\n',
      '@',
      '🙂',
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect([undefined, 'invalid-input']).toContain(codeOf(() => readDocument(text, 'a.yaml')));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what is refused', () => {
  const laughs = Array.from(
    { length: 9 },
    (_, n) => `l${n + 1}: &l${n + 1} [${Array.from({ length: 9 }, () => `*l${n}`).join(', ')}]`,
  );
  test.each([
    ['an empty file', 'a.yaml', '', 'a.yaml  the document is empty'],
    ['an empty JSON file', 'a.json', ' \n', 'a.json  the document is empty'],
    ['only comments', 'a.yaml', '# one\n', 'a.yaml  the document holds no values'],
    ['only markers', 'a.yaml', '---\n...\n', 'a.yaml  the document holds no values'],
    ['a list', 'a.yaml', '- a\n- b', 'a.yaml:1:1  keys with values are needed here, not a list'],
    [
      'a text',
      'a.yaml',
      'hello',
      'a.yaml:1:1  keys with values are needed here, not a single value',
    ],
    [
      'a key twice',
      'a.yaml',
      'name: a\nx: 1\nname: b',
      'a.yaml:3:1  the key "name" stands twice, first in line 1',
    ],
    ['a quoted key twice', 'a.yaml', '"1": a\n1: b', 'a.yaml:2:1  the key "1" stands twice'],
    [
      'a key twice in JSON',
      'a.json',
      '{\n"a": {"b": 1,\n"b": 2}}',
      'a.json:3:1  the key "b" stands twice, first in line 2',
    ],
    ['a tab', 'a.yaml', 'a:\n\tb: 1', 'a.yaml:2:1  a tab is used as indentation'],
    ['two documents', 'a.yaml', 'a: 1\n---\nb: 2', 'a.yaml:2:1  a second document begins'],
    [
      'a missing quote',
      'a.yaml',
      'a: "x\nb: 1',
      '  a text in double quotes is not closed before here',
    ],
    [
      'a colon in a text',
      'a.yaml',
      'a: b: c',
      'a.yaml:1:4  a mapping or list begins inside a value',
    ],
    [
      'a text that begins with @',
      'a.yaml',
      'a: @x',
      'a.yaml:1:4  a plain text cannot begin with this character',
    ],
    [
      'an unclosed bracket',
      'a.yaml',
      'a: [1, 2\nb: 3',
      'a.yaml:2:1  a list in brackets is not closed before here',
    ],
    [
      'an unclosed brace',
      'a.yaml',
      'a: {b: 1\nb: 3',
      'a.yaml:2:1  a mapping in braces is not closed before here',
    ],
    ['a bracket too many', 'a.yaml', 'a: [1]]', 'a.yaml:1:7  a closing bracket has no opening one'],
    [
      'quotes inside quotes',
      'a.yaml',
      'a: "say "hi""',
      'a.yaml:1:10  something follows the end of a value',
    ],
    [
      'a crooked line',
      'a.yaml',
      'a:\n  b: 1\n c: 2',
      'a.yaml:3:1  this line is not indented like those beside it',
    ],
    [
      "a list in its key's line",
      'a.yaml',
      'a: - b',
      'a.yaml:1:4  a list cannot begin in the line of its key',
    ],
    ['an escape that YAML lacks', 'a.yaml', 'a: "\\$x"', 'a.yaml:1:5  YAML knows no such escape'],
    ['a missing colon', 'a.yaml', 'a: 1\nb\nc: 2', 'a.yaml:2:1  a ":" is missing after a key'],
    [
      'a merge key',
      'a.yaml',
      'a: &x { k: 1 }\nb:\n  <<: *x',
      'a.yaml:3:3  merge keys (<<) are not read',
    ],
    [
      'an alias without anchor',
      'a.yaml',
      'a: *x',
      'a.yaml:1:4  the alias *x names no anchor above it',
    ],
    [
      'an alias inside its anchor',
      'a.yaml',
      'a: &x [*x]',
      'a.yaml:1:8  the alias *x stands inside what it names',
    ],
    [
      'a billion laughs',
      'a.yaml',
      ['l0: &l0 lol', ...laughs].join('\n'),
      'aliases repeat more than 10000 values',
    ],
    [
      'a foreign tag',
      'a.yaml',
      'a: !!python/object x',
      'a.yaml:1:4  the tag !!python/object is not read',
    ],
    ['a tag of its own', 'a.yaml', 'a: !foo x', 'a.yaml:1:4  the tag !foo is not read'],
    [
      'a tag beyond the core',
      'a.yaml',
      'a: !!binary aGk=',
      'a.yaml:1:13  the tag !!binary is not read',
    ],
    [
      'YAML 1.1',
      'a.yaml',
      '%YAML 1.1\n---\na: yes',
      'a.yaml:1:1  this is YAML 1.1; we read YAML 1.2',
    ],
    ['a list as a key', 'a.yaml', '? [a]\n: b', 'a.yaml:1:3  a key must be a plain text'],
    ['no key', 'a.yaml', ': x', 'a.yaml:1:1  a key is missing before ":"'],
    ['not a number', 'a.yaml', 'a: .nan', 'a.yaml:1:4  .nan is no number that JSON knows'],
    [
      'a number too large',
      'a.yaml',
      'a: 12345678901234567890',
      'a.yaml:1:4  12345678901234567890 is too large to be held exactly',
    ],
    [
      'a number too large in JSON',
      'a.json',
      '{"a": 12345678901234567890}',
      'a.json:1:7  12345678901234567890 is too large',
    ],
    [
      'deep nesting',
      'a.yaml',
      `a: ${'['.repeat(100)}${']'.repeat(100)}`,
      'a.yaml:1:68  this is nested too deeply',
    ],
    ['very deep nesting', 'a.yaml', `a: ${'['.repeat(100_000)}`, 'this is nested too deeply'],
    [
      'very deep nesting in JSON',
      'a.json',
      '['.repeat(100_000),
      'a.json:1:66  this is nested too deeply',
    ],
    ['a NUL', 'a.yaml', 'a: x\0y', 'a.yaml:1:5  a control character stands here (U+0000)'],
    [
      'an escape character',
      'a.yaml',
      'a: 1\nb: \u001b[31m',
      'a.yaml:2:4  a control character stands here (U+001B)',
    ],
    [
      'a lone carriage return',
      'a.yaml',
      'a: 1\rb: 2',
      'a.yaml:1:5  a control character stands here (U+000D)',
    ],
    [
      'a comma before a brace',
      'a.json',
      '{\n  "a": 1,\n}',
      'a.json:2:9  a comma stands before the closing "}"',
    ],
    [
      'a comma before a bracket',
      'a.json',
      '{"a": [1,]}',
      'a.json:1:9  a comma stands before the closing "]"',
    ],
    [
      'a missing comma',
      'a.json',
      '{"a": 1 "b": 2}',
      'a.json:1:9  "," or "}" is missing before "\\""',
    ],
    [
      'a missing brace',
      'a.json',
      '{"a": 1',
      'a.json:1:8  the document ends, but "}" is missing for the bracket in line 1',
    ],
    ['a missing value', 'a.json', '{"a": }', 'a.json:1:7  a value is missing: found "}"'],
    [
      'no value at the end',
      'a.json',
      '{"a":',
      'a.json:1:6  the document ends where a value should stand',
    ],
    ['a missing colon', 'a.json', '{"a" 1}', 'a.json:1:6  ":" is missing after the key "a"'],
    ['single quotes', 'a.json', '{"a": \'x\'}', 'a.json:1:7  a text stands in single quotes'],
    [
      'an unquoted key',
      'a.json',
      '{a: 1}',
      'a.json:1:2  a key in double quotes is missing: found "a"',
    ],
    ['a word', 'a.json', '{"a": yes}', 'a.json:1:7  yes is no JSON value'],
    ['a leading zero', 'a.json', '{"a": 010}', 'a.json:1:7  010 is no JSON value'],
    ['a comment', 'a.json', '{"a": // x\n1}', 'a.json:1:7  JSON has no comments'],
    [
      'a line break in a text',
      'a.json',
      '{"a": "x\ny"}',
      'a.json:1:7  this text has no closing quote in its line',
    ],
    [
      'a tab in a text',
      'a.json',
      '{"a": "x\ty"}',
      'a.json:1:9  a control character stands in a text',
    ],
    ['an unknown escape', 'a.json', '{"a": "C:\\dir"}', 'a.json:1:10  JSON knows no escape \\d'],
    [
      'something after the end',
      'a.json',
      '{} x',
      'a.json:1:4  something follows the end of the document',
    ],
  ])('%s', (_, name, text, says) => {
    const told = toldBy(() => readDocument(text, name));
    expect(told).toMatchObject({ code: 'invalid-input', exitCode: 2 });
    expect(told.detail).toContain(says);
    expect(told.cure).toBeTruthy();
  });

  test('all at once', () => {
    const text = 'a: 1\na: 2\nb: *none\nc: !!python/tuple x\nd: .inf\n';
    expect(toldBy(() => readDocument(text, 'answers.yaml')).detail?.split('\n')).toEqual([
      'answers.yaml:2:1  the key "a" stands twice, first in line 1',
      '  2 | a: 2',
      '    | ^ remove one of the two',
      'answers.yaml:3:4  the alias *none names no anchor above it',
      '  3 | b: *none',
      '    |    ^^^^^ give a value above it the anchor &none; if it is a text: "*none"',
      'answers.yaml:4:4  the tag !!python/tuple is not read',
      '  4 | c: !!python/tuple x',
      '    |    ^^^^^^^^^^^^^^ remove the tag; write plain texts, numbers, lists and mappings',
      'answers.yaml:5:4  .inf is no number that JSON knows',
      '  5 | d: .inf',
      '    |    ^^^^ if it is a text: ".inf"',
      '4 problems, nothing written.',
    ]);
  });

  test('every tab', () => {
    const told = toldBy(() => readDocument('a:\n\tb: 1\n\tc: 2\n', 'a.yaml'));
    expect(told.issues?.map(({ line }) => line)).toEqual([2, 3]);
  });
});

describe('files and standard input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'new-scenario-read-'));
  symlinkSync('loop', join(folder, 'loop'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (path: string, stdin: AsyncIterable<Uint8Array> = chunks()) =>
    readDocumentFile(path, { cwd: folder, stdin });

  test('a file, relative to where we are', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'name: Zoë 🙂\n');
    expect(await read('a.yaml')).toMatchObject({
      value: { name: 'Zoë 🙂' },
      source: { name: 'a.yaml' },
    });
  });

  test('standard input, in pieces that split a character', async () => {
    const bytes = Buffer.from('name: Zoë');
    expect(await read('-', chunks(bytes.subarray(0, 9), bytes.subarray(9)))).toMatchObject({
      value: { name: 'Zoë' },
      source: { name: '(stdin)' },
    });
  });

  test.each([
    ['utf-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'is UTF-16'],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff]), 'is not a text file'],
    ['large', Buffer.alloc(10_000_000, 'a: 1\n'), 'is larger than 1 MB'],
    ['latin-1', Buffer.from('a: 1\nname: Zoë\n', 'latin1'), 'this is not UTF-8'],
  ])('%s content is refused', async (name, bytes, says) => {
    writeFileSync(join(folder, name), bytes);
    const reads = await Promise.allSettled([read(name), read('-', chunks(bytes))]);
    const refusal = { code: 'invalid-input', message: expect.stringContaining(says) };
    expect(reads).toMatchObject([{ reason: refusal }, { reason: refusal }]);
  });

  test('invalid UTF-8 is shown where it is', async () => {
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from('a: 1\nname: Zoë\n', 'latin1'));
    await expect(read('latin.yaml')).rejects.toMatchObject({ where: 'latin.yaml:2:9' });
  });

  test.each([
    ['absent.yaml', 'does not exist'],
    ['a.yaml/b', 'does not exist'],
    ['.', 'is a folder'],
    ['/dev/zero', 'is larger than 1 MB'],
    ['loop', 'cannot be read (ELOOP)'],
  ])('%s', async (path, says) => {
    writeFileSync(join(folder, 'a.yaml'), 'a: 1');
    await expect(read(path)).rejects.toMatchObject({
      code: 'invalid-input',
      where: path,
      message: `${path} ${says}`,
    });
  });
});

function toldBy(act: () => unknown): Told {
  try {
    act();
  } catch (error) {
    if (error instanceof Told) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Told ? error.code : String(error);
  }
}

/** Whether it was read, or refused for nothing but a key that stands twice, which JSON.parse does not mind. */
function isReadAsJson(text: string): boolean {
  try {
    readDocument(text, 'a.json');
    return true;
  } catch (error) {
    return String(error).includes('stands twice');
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Without control characters, and without numbers of so many digits that no program holds them. */
function isReadable(text: string): boolean {
  return !/(?!\n)\p{Cc}|\p{Cs}|\ufeff|\d{16,}/u.test(text);
}

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
