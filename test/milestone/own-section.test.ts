import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withOwn, withoutOwn, type OwnSection } from '../../src/milestone/own-section.ts';
import { readPlan } from '../../src/milestone/milestones.ts';

const section = (key: string, endLine: number, status = 'not-run'): OwnSection => ({
  key,
  endLine,
  level: 1,
  rows: [{ id: 'orders/loaves', link: '../loaves.md', purpose: 'a | b', source: 'E2E', status }],
});

const given = '# M1: Oven\n\nBake\n';

test('the section stands behind its milestone, and is renewed in its place', () => {
  const first = withOwn('p.md', given, [section('1', 4)], false);
  expect(first.startsWith(`${given}\n<!-- e2e-validation:begin 1 new-scenario:`)).toBe(true);
  expect(first).toContain('## E2E Validation\n');
  expect(first).toContain(String.raw`| [orders/loaves](../loaves.md) | a \| b | E2E | not-run |`);
  expect(withOwn('p.md', first, [section('1', 4)], false)).toBe(first);
  const after = `${first}\nmore\n`;
  expect(withOwn('p.md', after, [section('1', 99, 'passed')], false)).toBe(
    withOwn('p.md', first, [section('1', 4, 'passed')], false).concat('\nmore\n'),
  );
});

test('what we wrote is not read as a test of the plan', () => {
  const first = withOwn('p.md', given, [section('1', 4)], false);
  expect(readPlan('p.md', first).milestones[0]?.scenarios).toEqual([]);
  expect(withoutOwn(first).split('\n').length).toBe(first.split('\n').length);
});

test.each<[name: string, text: string, code: string]>([
  [
    'hand edits',
    withOwn('p.md', given, [section('1', 4)], false).replace('not-run', 'passed'),
    'edited',
  ],
  [
    'a begin without an end',
    '# M1: A\n<!-- e2e-validation:begin 1 new-scenario:0000000000000000 -->\n',
    'broken-markers',
  ],
  ['an end without a begin', '# M1: A\n<!-- e2e-validation:end 1 -->\n', 'broken-markers'],
])('%s are refused', (_, text, code) => {
  expect(() => withOwn('p.md', text, [section('1', 4)], false)).toThrow(
    expect.objectContaining({ code }),
  );
});

test('force replaces hand edits between the markers, and nothing else', () => {
  const edited = withOwn('p.md', given, [section('1', 4)], false).replace('not-run', 'passed');
  expect(withOwn('p.md', edited, [section('1', 4)], true)).toBe(
    withOwn('p.md', given, [section('1', 4)], false),
  );
});

test('no byte outside the markers changes, whatever ends the lines', () => {
  const line = fc.constantFrom(
    '# M1: A',
    '',
    'text',
    '```bash',
    '```',
    '- [ ] a',
    '| a | b |',
    '  x',
    '\t',
  );
  const text = fc
    .tuple(
      fc.constantFrom('', '\uFEFF'),
      fc.array(line),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
    )
    .map(([bom, lines, eol, ends]) => bom + lines.join(eol) + (ends ? eol : ''));
  fc.assert(
    fc.property(text, fc.nat(30), (plan, endLine) => {
      const first = withOwn('p.md', plan, [section('1', endLine)], false);
      const at = first.indexOf('<!-- e2e-validation:begin');
      const mark = '<!-- e2e-validation:end 1 -->';
      const [before, after] = [first.slice(0, at), first.slice(first.indexOf(mark) + mark.length)];
      // Only line ends part the section from the text, and only where it is new.
      const kept = [...Array(5).keys()].some((less) =>
        [...Array(5).keys()].some(
          (more) =>
            /^[\r\n]*$/.test(before.slice(before.length - less) + after.slice(0, more)) &&
            before.slice(0, before.length - less) + after.slice(more) === plan,
        ),
      );
      const second = withOwn('p.md', first, [section('1', endLine, 'passed')], false);
      return kept && second.startsWith(before) && second.endsWith(after) && second !== first;
    }),
    { numRuns: 300 },
  );
});
