import type { Command, SyntaxNode, Word, WordPart } from 'unbash';
import type { Looks, Read } from './command.ts';
import { chained, isGuard, isTelling, isToldBad, settings, telling } from './chain.ts';
import { filled, withDefaults } from './filled.ts';
import { ownWords } from './own-words.ts';
import { jqOf } from './jq-call.ts';
import { logOf } from './log-search.ts';
import { looksOf } from './looks.ts';
import { requestOf } from './request.ts';
import { under, type Script } from './script.ts';
import { argsOf, nameOf, wordsOf } from './words.ts';

type Distributed<T> = T extends unknown ? Omit<T, 'line' | 'endLine' | 'text'> : never;
/** What a command does, without its place. */
export type Kind = Distributed<Read>;

/** What is known of the system under test. */
export interface Known {
  /** First words of its own commands. */
  readonly own: readonly string[];
}

const nothing: Looks = { paths: [], notPaths: [] };
/** What only changes how a reply is shown or kept. */
const showing = /^(?:head|tail|tee|less|more|cat|sort|uniq|tr|column|python|python3|sed|wc)$/;

/** What a statement, or one command of a chain, does. */
export function kindOf(script: Script, node: SyntaxNode, known: Known): Kind {
  const [first, ...others] = chained(node);
  if (first && isGuard(node)) return { kind: 'setting', names: [] };
  if (others.some((one) => !isTelling(one)))
    return { kind: 'script', why: 'chooses between commands' };
  if (first === undefined) return { kind: 'script', why: 'is empty' };
  if (first.type === 'For' || first.type === 'While' || first.type === 'ArithmeticFor')
    return pollOf(script, first);
  if (first.type === 'TestCommand')
    return testedFile(under(first, 'Word').map(({ value }) => value));
  const commands = first.type === 'Pipeline' ? first.commands : [first];
  const isNegated =
    (first.type === 'Pipeline' && first.prefixes.some(({ type }) => type === 'Negation')) ||
    isToldBad(script, node);
  const plain = commands.filter((one): one is Command => one.type === 'Command');
  if (plain.length !== commands.length)
    return { kind: 'script', why: `${wordFor(first)} is a program of its own` };
  const [head] = plain;
  if (head && head.name === undefined) return assigned(script, head, known);
  return piped(script, plain, { known, isNegated });
}

function assigned(script: Script, command: Command, known: Known): Kind {
  const assignments = command.prefix.filter((one) => one.type === 'Assignment');
  const [only] = assignments;
  const names = assignments.map(({ name }) => name);
  if (only === undefined || assignments.length > 1 || only.value.type !== 'Word')
    return { kind: 'setting', names };
  const inner = substituted(only.value);
  if (inner === undefined) {
    const held = filled(only.value);
    const value = withDefaults(held.text, held.defaults);
    return held.computed
      ? { kind: 'script', why: 'computes a value' }
      : { kind: 'setting', names, ...(!value.includes('$') && { value }) };
  }
  const kind = kindOf(script, inner, known);
  switch (kind.kind) {
    case 'request':
    case 'look':
    case 'log':
    case 'own':
    case 'database':
    case 'file':
      return { ...kind, into: only.name };
    case 'script':
      return kind;
    default:
      return { kind: 'setting', names };
  }
}

/** The one statement whose output a word is. */
function substituted(word: Word): SyntaxNode | undefined {
  const parts = (word.parts ?? []).flatMap((part): readonly WordPart[] =>
    part.type === 'DoubleQuoted' ? part.parts : [part],
  );
  const [part] = parts;
  if (parts.length !== 1 || part?.type !== 'CommandExpansion') return undefined;
  const statements = part.script?.commands ?? [];
  return statements.length === 1 ? statements[0] : undefined;
}

function piped(
  script: Script,
  commands: readonly Command[],
  { known, isNegated }: { readonly known: Known; readonly isNegated: boolean },
): Kind {
  const [head] = commands;
  if (!head) return { kind: 'script', why: 'is empty' };
  const rest = commands.slice(1);
  const name = nameOf(head);
  const [base = ''] = wordsOf(head).map(({ value }) => value);
  const request = requestOf(head);
  if (request) {
    const looks = looksThrough(script, rest);
    return looks === undefined
      ? { kind: 'script', why: `what ${nameOf(rest.at(-1) ?? head)} does with the reply` }
      : { kind: 'request', request, looks };
  }
  const log = logOf(commands, isNegated);
  if (log) return log;
  const from = echoed(head);
  if (from !== undefined && rest.length > 0 && jqOf(script, rest[0] ?? head)) {
    const looks = looksThrough(script, rest);
    if (looks) return { kind: 'look', from, looks };
  }
  if (name === 'jq' && rest.length === 0) return ownLook(script, head);
  if (name === 'psql' || wordsOf(head).some(({ value }) => value === 'psql')) return asked(head);
  if (name === 'sleep') {
    const seconds = Number(argsOf(head)[0]?.value);
    return Number.isFinite(seconds)
      ? { kind: 'wait', seconds }
      : { kind: 'script', why: 'waits as long as something computed says' };
  }
  if (known.own.includes(base) || known.own.includes(name) || isRunner(head, known))
    return rest.every((one) => showing.test(nameOf(one)))
      ? { kind: 'own', argv: ownWords(head, known) }
      : { kind: 'script', why: `what ${nameOf(rest[0] ?? head)} does with the output` };
  if (rest.length > 0)
    return { kind: 'script', why: `pipes ${name} into ${nameOf(rest[0] ?? head)}` };
  if (telling.test(name)) return { kind: 'note' };
  if (settings.test(name))
    return { kind: 'setting', names: argsOf(head).map(({ value }) => value) };
  if (/^(?:test|\[)$/.test(name)) return testedFile(argsOf(head).map(({ value }) => value));
  if (/^(?:ls|cat|stat|wc)$/.test(name)) {
    const paths = argsOf(head)
      .filter(({ value }) => !value.startsWith('-'))
      .map((word) => filled(word).text);
    if (paths.length > 0) return { kind: 'file', paths };
  }
  return { kind: 'script', why: `${name} is not read as a check` };
}

/** What filters behind a request look at; undefined where something else is done with its reply. */
function looksThrough(script: Script, rest: readonly Command[]): Looks | undefined {
  let looks = nothing;
  for (const command of rest) {
    const jq = jqOf(script, command);
    if (jq) {
      const more = looksOf(jq.text);
      looks = {
        paths: [...looks.paths, ...more.paths],
        notPaths: [...looks.notPaths, ...more.notPaths],
      };
    } else if (!showing.test(nameOf(command))) return undefined;
  }
  return looks;
}

function echoed(command: Command): string | undefined {
  if (!/^(?:echo|printf)$/.test(nameOf(command))) {
    const here = command.redirects.find((one) => one.type === 'HereString');
    return here?.target ? filled(here.target).variables[0] : undefined;
  }
  return argsOf(command).flatMap((word) => filled(word).variables)[0];
}

function ownLook(script: Script, command: Command): Kind {
  const jq = jqOf(script, command);
  const from = echoed(command);
  if (!jq) return { kind: 'script', why: 'jq is not read here' };
  if (from !== undefined) return { kind: 'look', from, looks: looksOf(jq.text) };
  const file = argsOf(command).findLast(({ value }) => !value.startsWith('-'));
  return file && file !== jq.word
    ? { kind: 'look', from: filled(file).text, looks: looksOf(jq.text) }
    : { kind: 'script', why: 'jq reads what nobody gives it' };
}

function asked(command: Command): Kind {
  const words = argsOf(command);
  const at = words.findIndex(({ value }) => value === '--command' || /^-[a-zA-Z]*c$/.test(value));
  const query = words[at + 1];
  return at < 0 || !query
    ? { kind: 'script', why: 'psql without -c asks what is typed' }
    : { kind: 'database', query: filled(query).text.trim() };
}

function isRunner(command: Command, known: Known): boolean {
  return ownWords(command, known).length > 0;
}

function testedFile(words: readonly string[]): Kind {
  const at = words.findIndex((word) => /^-[efsdr]$/.test(word));
  const path = words[at + 1];
  return at < 0 || path === undefined
    ? { kind: 'script', why: 'compares what only the shell knows' }
    : { kind: 'file', paths: [path] };
}

function pollOf(script: Script, loop: SyntaxNode): Kind {
  const commands = under(loop, 'Command');
  const requests = commands.flatMap((command) => requestOf(command) ?? []);
  const [request] = requests;
  const every = commands.find((command) => nameOf(command) === 'sleep');
  if (!request || !every) return { kind: 'script', why: 'a loop without request and sleep' };
  if (requests.length > 1) return { kind: 'script', why: 'a loop over several requests' };
  const jqs = commands.flatMap((command) => jqOf(script, command) ?? []);
  const looks = jqs.map(({ text }) => looksOf(text));
  const times = timesOf(script.textOf(loop));
  return {
    kind: 'poll',
    request,
    looks: {
      paths: looks.flatMap(({ paths }) => paths),
      notPaths: looks.flatMap(({ notPaths }) => notPaths),
    },
    every: Number(argsOf(every)[0]?.value) || 1,
    ...(times === undefined ? {} : { times }),
  };
}

function timesOf(text: string): number | undefined {
  const range = /\{(\d+)\.\.(\d+)\}|seq\s+(?:(\d+)\s+)?(\d+)/.exec(text);
  if (!range) return undefined;
  return Number(range[2] ?? range[4]) - Number(range[1] ?? range[3] ?? 1) + 1;
}

function wordFor({ type }: SyntaxNode): string {
  return type === 'If' ? 'an if' : type === 'Function' ? 'a function' : `a ${type.toLowerCase()}`;
}
