/**
 * Measures what was promised, each figure as a ratio of two sides that take turns in one run, because machines are busy.
 * Usage: npm run bench -- [section…] [--rounds N] [--large] [--json]
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { table, type BenchOptions, type Section } from './bench/figure.ts';
import { fuzz } from './bench/fuzz.ts';
import { generation } from './bench/generation.ts';
import { library } from './bench/library.ts';
import { linting } from './bench/linting.ts';
import { firstPrompt } from './bench/prompt.ts';
import { proving } from './bench/proving.ts';
import { running } from './bench/running.ts';
import { buildOnce } from './bench/timed.ts';
import { verdict } from './bench/verdict.ts';

const sections: { readonly [name: string]: (options: BenchOptions) => Promise<Section> } = {
  generation,
  prompt: firstPrompt,
  library,
  verdict,
  running,
  proving,
  linting,
  fuzz,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '21' },
  },
});
const rounds = Number(values.rounds);
const names = positionals.length === 0 ? Object.keys(sections) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(
    `usage: npm run bench -- [${Object.keys(sections).join('|')}]… [--rounds N] [--large] [--json]\n`,
  );
  process.exit(2);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);
buildOnce();
const machine = `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
const before = load();
const done: Section[] = [];
for (const name of names) {
  say(`measuring: ${name}`);
  const section = await sections[name]?.({ rounds, large: values.large, say });
  if (!section) continue;
  done.push(section);
  if (!values.json) process.stdout.write(`${table(section)}\n`);
}
const missed = done.flatMap(({ figures }) => figures).filter(({ target }) => target?.met === false);
if (values.json)
  process.stdout.write(
    `${JSON.stringify({ machine, load: { before, after: load() }, sections: done }, null, 2)}\n`,
  );
else
  process.stdout.write(
    `${machine}; load before ${before}, after ${load()}; ${missed.length} targets missed\n`,
  );
process.exitCode = missed.length > 0 ? 1 : 0;
