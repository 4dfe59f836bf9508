import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rewrittenYaml } from '../../src/files/rewrite-yaml.ts';

const named = (name: string) => (path: readonly (string | number)[]) =>
  path.join('.') === 'answers.name' ? name : undefined;

test.each([
  'Plain',
  'with: colon',
  'with # hash',
  '"quoted" and \'single\'',
  '- dash',
  '4.5',
  'true',
  'two\nlines',
  '{ brace }',
  'é 🚀',
])('%o takes the place of the name, and nothing else changes', (name) => {
  const text = '# mine\nanswers:\n  name:   "Old" # kept\n  list: [ a,  b ]\nref: "1.10"\n';
  const after = rewrittenYaml(text, named(name));
  expect(parse(after)).toEqual({ answers: { name, list: ['a', 'b'] }, ref: '1.10' });
  expect(after.split('name:')[0]).toBe('# mine\nanswers:\n  ');
  expect(after.endsWith(' # kept\n  list: [ a,  b ]\nref: "1.10"\n')).toBe(true);
});

test('in a flow mapping and in a block text too', () => {
  expect(parse(rewrittenYaml('answers: { name: Old, x: 1 }\n', named('a, b')))).toEqual({
    answers: { name: 'a, b', x: 1 },
  });
  expect(parse(rewrittenYaml('answers:\n  name: |\n    Old\n  x: 1\n', named('New')))).toEqual({
    answers: { name: 'New', x: 1 },
  });
});

test('values below a key, in lists too; keys never', () => {
  const edit = (path: readonly (string | number)[], value: string) =>
    path.includes('uses') && value === 'a/b' ? 'a/c' : undefined;
  expect(rewrittenYaml('uses: [a/b, a/bb]\na/b: a/b\nx:\n  uses: a/b\n', edit)).toBe(
    'uses: [a/c, a/bb]\na/b: a/b\nx:\n  uses: a/c\n',
  );
});
