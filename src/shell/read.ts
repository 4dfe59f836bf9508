import type { SyntaxNode } from 'unbash';
import type { NotRead, Read, ReadShell } from './command.ts';
import { documented } from './documented.ts';
import { isGuard, isTelling } from './chain.ts';
import { kindOf, type Known } from './kind.ts';
import { readScript, type Script } from './script.ts';

/** How often a text is taken up again behind a line that cannot be read; more is no shell at all. */
const mostRestarts = 50;

/**
 * Reads a text of shell, such as a block in a document; nothing is executed.
 * @param first the line of the document on which the text begins, 1-based
 * @param known first words of the system's own commands
 */
export function readShell(text: string, first: number, known: Known): ReadShell {
  const commands: Read[] = [];
  const notUnderstood: NotRead[] = [];
  const lines = documented(text.replaceAll('\r\n', '\n')).text.split('\n');
  let from = 0;
  for (let round = 0; from < lines.length; round += 1) {
    const rest = lines.slice(from);
    if (round > mostRestarts) {
      notUnderstood.push(...unread(rest, first + from, 'too much before it is no shell'));
      break;
    }
    const script = readScript(rest.join('\n'));
    const broken = firstBroken(script);
    const end = broken === undefined ? rest.length : broken.line - 1;
    const read = commandsIn(script, rest.slice(0, end), first + from, known);
    commands.push(...read.commands);
    notUnderstood.push(...read.notUnderstood);
    if (!broken) break;
    const at = rest[end] ?? '';
    notUnderstood.push({ line: first + from + end, text: at.trim(), why: broken.message });
    from += end + 1;
  }
  return { commands, notUnderstood };
}

/** The first line of the statement in which the parser found something wrong. */
function firstBroken(
  script: Script,
): { readonly line: number; readonly message: string } | undefined {
  const [error] = script.errors.toSorted((a, b) => a.pos - b.pos);
  if (!error) return undefined;
  const around = statementsOf(script).findLast((one) => one.pos <= error.pos);
  return { line: script.line(around?.pos ?? error.pos), message: error.message.toLowerCase() };
}

function statementsOf(script: Script): readonly SyntaxNode[] {
  const [root] = script.nodes;
  return root?.type === 'Script' ? root.commands : [];
}

function commandsIn(
  script: Script,
  lines: readonly string[],
  first: number,
  known: Known,
): ReadShell {
  const commands: Read[] = [];
  const notUnderstood: NotRead[] = [];
  const covered = new Set<number>();
  for (const statement of statementsOf(script)) {
    const line = script.line(statement.pos);
    if (line > lines.length) break;
    const parts = partsOf(statement);
    for (const [index, part] of parts.entries()) {
      // What stands between two commands of a chain belongs to the first.
      const next = parts[index + 1];
      const between = next ? script.line(next.pos) - 1 : endOf(script, statement);
      const end = Math.max(endOf(script, part), between);
      for (let at = script.line(part.pos); at <= end; at += 1) covered.add(at);
      commands.push({
        line: first + script.line(part.pos) - 1,
        endLine: first + end - 1,
        text: script.textOf(part),
        ...kindOf(script, part, known),
      });
    }
    for (let at = line; at <= endOf(script, statement); at += 1) covered.add(at);
  }
  lines.forEach((text, index) => {
    if (text.trim() === '') return;
    const at = { line: first + index, text: text.trim() };
    if (/^\s*#/.test(text) && !covered.has(index + 1))
      commands.push({ ...at, endLine: at.line, kind: 'note' });
    else if (!covered.has(index + 1)) notUnderstood.push({ ...at, why: 'is no command of bash' });
    else {
      const comment = /\s(#\s.*)$/.exec(text)?.[1];
      const isInside = commands.some(
        (one) => one.text.includes(comment ?? '') && one.line <= at.line && one.endLine >= at.line,
      );
      if (comment !== undefined && !isInside)
        commands.push({ line: at.line, endLine: at.line, text: comment, kind: 'note' });
    }
  });
  return { commands: commands.toSorted((a, b) => a.line - b.line), notUnderstood };
}

/** The commands of a chain one by one; what only tells how a check went (`&& echo ok || echo no`) stays with it. */
function partsOf(statement: SyntaxNode): readonly SyntaxNode[] {
  if (statement.type !== 'Statement' || statement.command.type !== 'AndOr') return [statement];
  const chain = statement.command;
  return chain.operators.every((operator) => operator === '&&') &&
    !isGuard(statement) &&
    !chain.commands.slice(1).every(isTelling)
    ? chain.commands
    : [statement];
}

/** The last line of a node, the body of a heredoc included. */
function endOf(script: Script, node: SyntaxNode): number {
  const heredocs = script
    .all('HereDoc')
    .filter(({ pos }) => pos >= node.pos && pos < node.end)
    .map(({ closing, body }) => closing?.end ?? body.end);
  return script.line(Math.max(node.end - 1, node.pos, ...heredocs.map((end) => end - 1)));
}

function unread(lines: readonly string[], first: number, why: string): readonly NotRead[] {
  return lines.flatMap((text, index) =>
    text.trim() === '' ? [] : [{ line: first + index, text: text.trim(), why }],
  );
}
