import type { Command, Word } from 'unbash';
import type { Filled } from './command.ts';
import { filled } from './filled.ts';
import { wordsOf } from './words.ts';

/** The words from the system's own command on, what only runs it (`uv run`, `poetry run`) left out. */
export function ownWords(
  command: Command,
  { own }: { readonly own: readonly string[] },
): readonly Filled[] {
  const words = wordsOf(command);
  const isRunning = /^(?:uv|uvx|poetry|pipx|npx|pnpm|yarn|bundle|hatch|rye)$/.test(
    words[0]?.value ?? '',
  );
  const [module, ...rest] = moduleOf(
    isRunning ? words.slice(words[1]?.value === 'run' ? 2 : 1) : words,
  );
  const [base = ''] = module?.value.split('.') ?? [];
  if (module && own.includes(base))
    return [{ text: base, variables: [], computed: false }, ...rest.map(filled)];
  const at = words.findIndex(({ value }) => own.includes(value.replace(/^.*\//, '')));
  return at < 0 || (at > 0 && !isRunning) ? [] : words.slice(at).map(filled);
}

/** The module and what it is given: `python -m bakery.cli.app rye` is `bakery rye`, called another way. */
function moduleOf(words: readonly Word[]): readonly Word[] {
  const [name, option] = words.map(({ value }) => value);
  return /^python3?$/.test(name ?? '') && option === '-m' ? words.slice(2) : [];
}
