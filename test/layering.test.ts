import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support/ktrdr.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox/'))
  .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));

/** Where the name of the shipped profile, and the sandbox that goes with it, may stand. */
const allowed: Readonly<Record<string, RegExp>> = {
  'io/project.ts': /\.default\('ktrdr'\)/g,
};

test('no module but the sandbox knows a word of KTRDR', () => {
  const found = sources.flatMap(({ path, text }) => {
    const rest = allowed[path] ? text.replaceAll(allowed[path], '') : text;
    return rest
      .split('\n')
      .flatMap((line, index) =>
        /ktrdr|training|eurusd|backtest|test_e2e|\bib[-_ ]host/i.test(line)
          ? [`${path}:${index + 1}: ${line.trim()}`]
          : [],
      );
  });
  expect(found).toEqual([]);
});

/** Rooms whose modules are values in, values out. */
const pure =
  /^(?:scenario|draft|import|files|find|trace|guide|lint|markdown|milestone|report|completion|doctor\/(?!probe)|shell|answers\/(?:check|schema|excerpt|spelling)|scaffold|errors|nearest|profile\/(?!load))/;

test('the pure rooms touch neither disk, process, clock nor chance', () => {
  const found = sources
    .filter(({ path }) => pure.test(path))
    .filter(({ text }) =>
      /from 'node:(?!crypto|path)|process\.|Date\.now|new Date\(\)|Math\.random|console\./.test(
        text,
      ),
    )
    .map(({ path }) => path);
  expect(found).toEqual([]);
});
