import type { Command, SyntaxNode, Word } from 'unbash';
import { perScript } from './per-script.ts';
import { below, type Script } from './script.ts';

/** The name of a command as it is called; empty for bare assignments. `command`, `builtin`, `env`, `sudo`, `time` count as what they run. */
export function nameOf(node: SyntaxNode): string {
  return node.type === 'Command' ? (wordsOf(node)[0]?.value.replace(/^.*\//, '') ?? '') : '';
}

/** Commands that run the command that follows them. */
const prefixes = new Set(['command', 'builtin', 'sudo', 'time', 'exec', 'nohup', 'env', 'timeout']);

/** The words of a command, what only wraps it left out: `timeout 5 curl -s x` gives `curl -s x`. */
export function wordsOf(command: Command): readonly Word[] {
  if (command.name === undefined) return [];
  let words: readonly Word[] = [
    command.name,
    ...command.args.filter((arg): arg is Word => arg.type === 'Word'),
  ];
  while (words.length > 1 && prefixes.has(words[0]?.value ?? '')) {
    const wrapper = words[0]?.value;
    let rest = words.slice(1);
    while (/^-|^\w+=/.test(rest[0]?.value ?? '')) rest = rest.slice(1);
    if (wrapper === 'timeout') rest = rest.slice(1);
    if (rest.length === 0) break;
    words = rest;
  }
  return words;
}

/** The words behind the name. */
export function argsOf(command: Command): readonly Word[] {
  return wordsOf(command).slice(1);
}

/** Whether a command has an option: `-q`, bundled (`-Eq`), or by its long name. */
export function hasOption(command: Command, short: string, ...long: readonly string[]): boolean {
  return argsOf(command).some(
    ({ value }) =>
      (short !== '' && /^-[a-zA-Z]/.test(value) && value.slice(1).includes(short)) ||
      long.some((name) => value === `--${name}` || value.startsWith(`--${name}=`)),
  );
}

/** The variables that are read at or below a node. */
export function variablesRead(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const at of below(node)) {
    if (at.type === 'SimpleExpansion') names.add(at.text.slice(1));
    if (at.type === 'ParameterExpansion') names.add(at.parameter);
    if (at.type === 'ArithmeticWord') for (const name of namesIn(at.value)) names.add(name);
    // In [[ … ]] the operands of -lt and its kin are arithmetic: a bare name is a variable there.
    if (at.type === 'TestBinary' && /^-(?:eq|ne|lt|le|gt|ge)$/.test(at.operator))
      for (const { value } of [at.left, at.right])
        if (/^[A-Za-z_]\w*$/.test(value)) names.add(value);
  }
  return names;
}

/** The variables that are set at or below a node, also by `read`, `(( … ))` and `printf -v`. */
export function variablesSet(node: SyntaxNode): ReadonlySet<string> {
  return new Set(below(node).flatMap((at) => [...setHere(at)]));
}

/** The variables that a node itself sets. */
function setHere(at: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  if (at.type === 'Assignment') names.add(at.name);
  if (at.type === 'For') names.add(at.name.value);
  if (at.type === 'ArithmeticUnary' && /^(?:\+\+|--)$/.test(at.operator))
    for (const name of namesIn(wordIn(at.operand))) names.add(name);
  if (at.type === 'ArithmeticBinary' && /^(?!==|!=|<=|>=).*=$/.test(at.operator))
    for (const name of namesIn(wordIn(at.left))) names.add(name);
  if (at.type !== 'Command') return names;
  const name = nameOf(at);
  const given = argsOf(at).map(({ value }) => value);
  if (name === 'read' || name === 'mapfile')
    for (const value of given) if (/^[A-Za-z_]\w*$/.test(value)) names.add(value);
  if (name === 'let') for (const value of given) for (const n of namesIn(value)) names.add(n);
  if (name === 'printf' && given[0] === '-v' && given[1] !== undefined) names.add(given[1]);
  return names;
}

function wordIn(node: SyntaxNode): string {
  return node.type === 'ArithmeticWord' ? node.value : '';
}

function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? [];
}

/** A shell word that has nothing to expand, as the command gets it; undefined when it depends on something. */
export function literalOf(script: Script, word: Word): string | undefined {
  const isOpen = below(word).some((node) =>
    /Expansion$|^ProcessSubstitution$|^Glob$/.test(node.type),
  );
  return isOpen ? undefined : word.value;
}

/** The texts of variables that are set once in the script, to a text with nothing to expand. */
const constantsOf = perScript((script): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  const again = new Set<string>();
  for (const name of script.nodes.flatMap((node) => [...setHere(node)])) {
    if (values.has(name)) again.add(name);
    values.set(name, '');
  }
  for (const { name, value, append } of script.all('Assignment')) {
    const text = value?.type === 'Word' && append !== true ? literalOf(script, value) : undefined;
    if (text === undefined || again.has(name)) values.delete(name);
    else values.set(name, text);
  }
  return new Map([...values].filter(([name, text]) => text !== '' && !again.has(name)));
});

/** As `literalOf`; a word that is one variable and no more (`"$filter"`) is what the script sets that variable to, once. */
export function constantOf(script: Script, word: Word): string | undefined {
  const name = /^"?\$(?:\{(\w+)\}|(\w+))"?$/.exec(script.textOf(word));
  return name === null
    ? literalOf(script, word)
    : constantsOf(script).get(name[1] ?? name[2] ?? '');
}

/** A word for the shell, in quotes that fit. */
export function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
