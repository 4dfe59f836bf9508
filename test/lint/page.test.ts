import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { againstCodes } from '../../src/commands/check-against.ts';
import { categoryCodes } from '../../src/lint/category.ts';
import { fileCodes } from '../../src/lint/input.ts';
import { lintScript } from '../../src/lint/lint.ts';
import { rules } from '../../src/lint/registry.ts';
import { root } from '../support/ktrdr.ts';
import { piecesOf } from '../support/markdown.ts';

interface Section {
  readonly code: string;
  readonly text: string;
  readonly blocks: readonly string[];
}

const sections = sectionsOf(readFileSync(join(root, 'docs/lint.md'), 'utf8'));

test('the page has a section for each code, in the order of the registry, and no other', () => {
  expect(sections.map(({ code }) => code)).toEqual([
    ...rules.map(({ code }) => code),
    ...fileCodes,
    ...categoryCodes,
    ...againstCodes,
  ]);
  for (const { code, text } of sections) expect(`${code}: ${text}`).toMatch(/: \S.{30}/);
});

const ruled = new Set(rules.map(({ code }) => code));

describe('the examples of the page', () => {
  test.each(sections.filter(({ code }) => ruled.has(code)))('$code', ({ code, blocks }) => {
    const [trap = '', wayOut = ''] = blocks;
    expect(codesIn(trap)).toContain(code);
    expect(codesIn(wayOut)).toEqual([]);
  });
});

test('each rule has an example, and says why and what to do', () => {
  for (const { code, reason, cure } of rules) {
    expect([code, sections.find((section) => section.code === code)?.blocks.length]).toEqual([
      code,
      2,
    ]);
    expect(reason).not.toMatch(/\.$/);
    expect(cure).not.toMatch(/\.$/);
  }
});

/** The codes found in an example, which stands behind the usual beginning unless it has its own. */
function codesIn(block: string): readonly string[] {
  const head = block.startsWith('set ') ? '' : 'set -euo pipefail\n';
  const text = `#!/usr/bin/env bash\nU=http://localhost:8000\n${head}${block}\n`;
  return lintScript(Buffer.from(text), 'example.sh').findings.map((finding) => finding.code);
}

function sectionsOf(page: string): readonly Section[] {
  const found: { code: string; text: string; blocks: string[] }[] = [];
  for (const { kind, depth, source } of piecesOf(page)) {
    const last = found.at(-1);
    if (kind === 'heading' && depth === 3) found.push({ code: source, text: '', blocks: [] });
    else if (kind === 'code') last?.blocks.push(source);
    else if (kind === 'paragraph' && last !== undefined) last.text += source;
  }
  return found;
}
