import { expect, test } from 'vitest';
import { readMarkdown } from '../../src/markdown/read.ts';
import type { Block, Section } from '../../src/markdown/tree.ts';

/** One line a piece: where it stands, what it is, and its text. */
function outline(section: Section, depth = 0): string[] {
  const own =
    section.level === 0
      ? []
      : [`${section.line}-${section.endLine} ${'#'.repeat(section.level)} ${section.title}`];
  return [
    ...own,
    ...section.blocks.flatMap(blockLines),
    ...section.sections.flatMap((inner) => outline(inner, depth + 1)),
  ];
}

function blockLines(block: Block): string[] {
  const at = `${block.line}-${block.endLine} ${block.kind}`;
  switch (block.kind) {
    case 'code':
      return [`${at} ${block.language}@${block.textLine}: ${block.text.replaceAll('\n', '⏎')}`];
    case 'list':
      return block.items.flatMap((item) => [
        `${item.line} ${item.number ?? '-'}${item.checked === undefined ? '' : ` [${item.checked ? 'x' : ' '}]`} ${item.text}`,
        ...item.blocks.flatMap(blockLines),
      ]);
    case 'table':
      return [
        `${at} ${block.header.join('|')}`,
        ...block.rows.map(({ line, cells }) => `${line} row ${cells.join('|')}`),
      ];
    case 'quote':
      return [at, ...block.blocks.flatMap(blockLines)];
    default:
      return [`${at} ${block.text}`];
  }
}

const read = (...lines: string[]): string[] => outline(readMarkdown(lines.join('\n')).root);

test.each<[name: string, lines: string[], outline: string[]]>([
  [
    'sections',
    ['a', '# One **b**', '', '## Two', 'x', '# Three'],
    ['1-1 paragraph a', '2-5 # One **b**', '4-5 ## Two', '5-5 paragraph x', '6-6 # Three'],
  ],
  ['a heading underlined', ['One', '==='], ['1-2 # One']],
  ['boxes', ['- [ ] a `x`', '- [x] b', '  1. c'], ['1 - [ ] a `x`', '2 - [x] b', '3 1 c']],
  ['a table', ['| a | b |', '|---|---|', '| 1 | x \\| y |'], ['1-3 table a|b', '3 row 1|x | y']],
  [
    'code',
    ['1. a', '   ```bash', '   b', '     c', '   ```', '2. d'],
    ['1 1 a', '2-5 code bash@3: b⏎  c', '6 2 d'],
  ],
  ['front matter', ['---', 'a: b', '---', '# One'], ['4-4 # One']],
  ['no front matter', ['---', '', '# One'], ['3-3 # One']],
  [
    'the same fence within',
    ['```markdown', '# T', '```bash', 'a', '```', '', '```', '# One'],
    ['1-7 code markdown@2: # T⏎```bash⏎a⏎```⏎', '8-8 # One'],
  ],
  [
    'a bare fence within',
    ['```markdown', 'x', '', '```', 'a', '```', '', '```', '# One'],
    ['1-8 code markdown@2: x⏎⏎```⏎a⏎```⏎', '9-9 # One'],
  ],
  [
    'a heredoc within',
    ['```bash', "cat > x.md <<'EOF'", '# T', '```', 'a', '```', 'EOF', '```', '# One'],
    ["1-8 code bash@2: cat > x.md <<'EOF'⏎# T⏎```⏎a⏎```⏎EOF", '9-9 # One'],
  ],
  [
    'code left open at a heading',
    ['```bash', 'a', '', '## One', '', 'b'],
    ['1-3 code bash@2: a⏎', '4-6 ## One', '6-6 paragraph b'],
  ],
  [
    'code left open before the next',
    ['```bash', 'a', '```json', '{}', '```'],
    ['1-2 code bash@2: a', '3-5 code json@4: {}'],
  ],
  [
    'a comment in code is no heading',
    ['```bash', 'a', '', '# One', '', 'b', '```'],
    ['1-7 code bash@2: a⏎⏎# One⏎⏎b'],
  ],
  [
    'an indented fence without a list',
    ['x', '', '    ```bash', '    a', '    ```'],
    ['1-1 paragraph x', '3-5 code bash@4: a'],
  ],
  ['a comment left open', ['<!-- x', '', '# One'], ['1-1 paragraph \\<!-- x', '3-3 # One']],
])('%s', (_, lines, expected) => {
  expect(read(...lines)).toEqual(expected);
});

test.each(['\r\n', '\r', '\n'])(
  'lines are counted as they were given, whatever ends them: %j',
  (end) => {
    const document = readMarkdown(`\uFEFF# One${end}${end}- [ ] a${end}`);
    expect(outline(document.root)).toEqual(['1-4 # One', '3 - [ ] a']);
  },
);

test.each<[name: string, text: string, line: number, note: RegExp]>([
  ['bottomless quotes', `# One\n\n${'>'.repeat(10_000)} a`, 3, /nested more than 16 deep/],
  [
    'bottomless lists',
    Array.from({ length: 200 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'),
    33,
    /nested more than 16 deep/,
  ],
  [
    'a text without end',
    'x'.repeat(499_999).concat('\n').repeat(11),
    11,
    /more than five million characters.*\(lines left: 1, headings among them: 0\); split the file/,
  ],
  ['code left open', '```bash\na\n\n## One\n', 1, /never closed/],
])('%s: said with the line, the rest is read', (_, text, line, note) => {
  expect(readMarkdown(text).notes[0]).toEqual({ line, text: expect.stringMatching(note) });
});

test('two thousand headings keep their lines', () => {
  const { root } = readMarkdown('## H\n\n- [ ] a\n\n'.repeat(2000));
  expect(root.sections.length).toBe(2000);
  expect(root.sections.at(-1)?.line).toBe(7997);
});
