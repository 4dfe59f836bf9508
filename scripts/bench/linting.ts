import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintScript } from '../../src/lint/lint.ts';
import { atMost, median, shown, type BenchOptions, type Figure, type Section } from './figure.ts';
import { root } from './timed.ts';

const shared = join(root, '..', 'shared');

/** How long the judgement of scripts takes, and what is found: in the library, in the traps, in the bash blocks of documents. */
export async function linting({ rounds }: BenchOptions): Promise<Section> {
  const library = filesIn(join(root, 'generated'), /\/run\.sh$/);
  const traps = filesIn(join(shared, 'traps'), /\.sh$/);
  const blocks = filesIn(join(shared, 'corpus'), /\.md$/).flatMap(blocksOf);
  const found = traps.filter((text) => findings([text]).length > 0).length;
  return {
    name: 'scripts judged',
    commands: ['scenario check FILE…'],
    figures: [
      { ...timing('the scripts of the library', library, rounds) },
      {
        what: 'findings in them (false alarms)',
        ours: String(findings(library).length),
        target: atMost(findings(library).length, 0),
      },
      ...(traps.length === 0 ? [] : [shareOf('traps found', found, traps.length)]),
      ...(blocks.length === 0
        ? []
        : [
            timing('bash blocks of the corpus', blocks, rounds),
            { what: 'findings in them', ours: tally(findings(blocks)) },
          ]),
    ],
  };
}

function shareOf(what: string, found: number, all: number): Figure {
  return { what, ours: `${found} of ${all}`, target: { text: 'all', met: found === all } };
}

function timing(what: string, texts: readonly string[], rounds: number): Figure {
  const times = Array.from({ length: Math.min(rounds, 5) }, () => {
    const begin = performance.now();
    findings(texts);
    return performance.now() - begin;
  });
  const each = median(times) / texts.length;
  return {
    what: `${texts.length} ${what}`,
    ours: `${shown(median(times), 'ms')}, ${shown(each, 'ms')} each`,
  };
}

function findings(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    lintScript(Buffer.from(text), 'x.sh').findings.map(({ code }) => code),
  );
}

function tally(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return `${codes.length}: ${sorted.map(([code, count]) => `${code} ${count}`).join(', ')}`;
}

function filesIn(folder: string, name: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => name.test(path))
    .map((path) => readFileSync(path, 'utf8'));
}

/** The fenced blocks of a document that say that they are bash. */
function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*```(?:bash|sh|shell)\b.*\n([^]*?)^[ \t]*```/gm)].map(
    ([, block = '']) => block,
  );
}
