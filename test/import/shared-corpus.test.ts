import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenariosIn } from '../../src/import/material.ts';
import { readMarkdown } from '../../src/markdown/read.ts';
import type { Section } from '../../src/markdown/tree.ts';
import { root } from '../support/ktrdr.ts';

const corpus = join(root, '..', 'shared', 'corpus');

/** The last line of the section that begins at a line. */
function endOf(section: Section, line: number): number | undefined {
  if (section.line === line) return section.endLine;
  return section.sections.map((one) => endOf(one, line)).find((end) => end !== undefined);
}

test.skipIf(!existsSync(corpus))(
  'shared: of the scenarios in the lists and recipes of the corpus no command and no box is lost',
  () => {
    const count = { scenarios: 0, commands: 0, boxes: 0 };
    const lost: string[] = [];
    const documents = readdirSync(corpus, { recursive: true, encoding: 'utf8' });
    for (const path of documents.filter((one) => /SCENARIOS\.md$|\/tests\/.*\.md$/.test(one))) {
      const text = readFileSync(join(corpus, path), 'utf8');
      const document = readMarkdown(text);
      const lines = text.split(/\r\n|\n/);
      const { found, notUnderstood } = scenariosIn(document, ['ktrdr']);
      for (const { line: first, commands, expectations, history } of found) {
        const told = [...expectations, ...history, ...notUnderstood].map((one) => ({
          from: one.line,
          to: one.line + one.text.split('\n').length - 1,
        }));
        const read = commands.map(({ line, endLine }) => ({ from: line, to: endLine }));
        const known = [...told, ...read];
        count.scenarios += 1;
        let shell = false;
        for (let line = first; line <= (endOf(document.root, first) ?? 0); line += 1) {
          const part = lines[line - 1] ?? '';
          if (/^\s*(?:```|~~~)/.test(part))
            shell = !shell && /(?:```|~~~)\s*(?:bash|sh|shell|console)\s*$/.test(part);
          const box = /^\s*[-*+] \[[ xX]\]/.test(part);
          const command = shell && !/^\s*(?:#|```|~~~|$)/.test(part);
          count.boxes += Number(box);
          count.commands += Number(command);
          if ((box || command) && !known.some(({ from, to }) => from <= line && line <= to))
            lost.push(`${path}:${line}: ${part}`);
        }
      }
    }
    console.info(`${JSON.stringify(count)}, lost ${lost.length}`);
    expect(lost).toEqual([]);
    expect(count.scenarios).toBeGreaterThan(70);
  },
);
