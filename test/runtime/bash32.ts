import { forEachChild, parse, type SyntaxNode } from 'unbash';

interface Finding {
  line: number;
  what: string;
  text: string;
}

/** Commands that bash 3.2, the one of macOS, does not have. */
const newCommands = new Map([
  ['mapfile', 'mapfile came with bash 4.0'],
  ['readarray', 'readarray came with bash 4.0'],
  ['coproc', 'coproc came with bash 4.0'],
]);

/** Options of builtins that came later; the pattern is tried on the command's whole text. */
const newOptions: [RegExp, string][] = [
  [
    /^(declare|local|typeset|readonly|export)\s+(-\w+\s+)*-\w*A/,
    'associative arrays came with bash 4.0',
  ],
  [/^(declare|local|typeset)\s+(-\w+\s+)*-\w*n/, 'references came with bash 4.3'],
  [/^(declare|local|typeset)\s+(-\w+\s+)*-\w*g/, 'declare -g came with bash 4.2'],
  [/^(declare|local|typeset)\s+(-\w+\s+)*-\w*[lu]/, 'case attributes came with bash 4.0'],
  [/^wait\s+(-\w+\s+)*-\w*[npf]/, 'wait -n came with bash 4.3'],
  [/^printf\s+-v\s+['"]?[\w${}]+\[/, 'printf -v of an array element came with bash 4.1'],
  [/^printf\s+(-v\s+\S+\s+)?(--\s+)?['"][^'"]*%\(/, 'printf of times came with bash 4.2'],
  [/^read\s+(-\w+\s+\S*\s*)*-\w*[Ni]\b/, 'read -N and -i came with bash 4'],
  [/^read\s.*-t\s*\d*\.\d/, 'fractions in read -t came with bash 4.0'],
  [
    /^shopt\s.*\b(globstar|lastpipe|inherit_errexit|autocd|dirspell|checkjobs|compat\d+)\b/,
    'a shell option of bash 4 or later',
  ],
  [/^(\[\[?|test)\s(.*\s)?-[vR]\s/, 'the tests -v and -R came with bash 4.2'],
  [/^trap\s.*\bRETURN\b.*\bERR\b/, 'written for a later bash'],
];

/** Variables that an older bash does not set. EPOCHREALTIME is used, behind a look at the version. */
const newVariables = new Map([
  ['BASHPID', 'BASHPID came with bash 4.0'],
  ['EPOCHSECONDS', 'EPOCHSECONDS came with bash 5.0'],
  ['SRANDOM', 'SRANDOM came with bash 5.1'],
  ['BASH_ARGV0', 'BASH_ARGV0 came with bash 5.0'],
  ['BASH_XTRACEFD', 'BASH_XTRACEFD came with bash 4.1'],
  ['PROMPT_DIRTRIM', 'PROMPT_DIRTRIM came with bash 4.0'],
]);

/**
 * What bash 3.2 does not understand, or understands otherwise, found in the syntax tree. Where the tree does not tell
 * (`;&`, `|&`), the text between two nodes does.
 */
export function bash32(source: string): Finding[] {
  const findings: Finding[] = [];
  const script = parse(source);
  const note = (node: { pos: number; end: number }, what: string): void => {
    const line = source.slice(0, node.pos).split('\n').length;
    findings.push({ line, what, text: source.slice(node.pos, node.end).split('\n')[0] ?? '' });
  };
  for (const error of script.errors ?? [])
    note({ pos: error.pos, end: error.pos + 20 }, `syntax: ${error.message}`);
  visit(script as SyntaxNode);
  return findings;

  function visit(node: SyntaxNode): void {
    look(node);
    forEachChild(node, visit);
  }

  function look(node: SyntaxNode): void {
    const text = source.slice(node.pos, node.end);
    switch (node.type) {
      case 'Command': {
        const name = node.name?.value ?? '';
        const gone = newCommands.get(name);
        if (gone !== undefined) note(node, gone);
        const words = node.name === undefined ? text : source.slice(node.name.pos, node.end);
        for (const [pattern, what] of newOptions) if (pattern.test(words)) note(node, what);
        break;
      }
      case 'Coproc':
        note(node, 'coproc came with bash 4.0');
        break;
      case 'TestCommand':
        if (/\s-[vR]\s/.test(text)) note(node, 'the tests -v and -R came with bash 4.2');
        break;
      case 'Redirect':
        if (node.operator === '&>>') note(node, '&>> came with bash 4.0');
        if (node.descriptor?.type === 'FileDescriptorVariable')
          note(node, '{name}> came with bash 4.1');
        break;
      case 'Pipeline':
        if (node.operators.some((operator) => operator === '|&'))
          note(node, '|& came with bash 4.0');
        break;
      case 'CaseItem':
        if (node.terminator === ';&' || node.terminator === ';;&')
          note(node, `${node.terminator} came with bash 4.0`);
        break;
      case 'AnsiCQuoted':
        if (/\\[uU][0-9a-fA-F]/.test(text)) note(node, String.raw`\u in $'…' came with bash 4.2`);
        break;
      case 'SimpleExpansion': {
        const what = newVariables.get(text.slice(1));
        if (what !== undefined) note(node, what);
        break;
      }
      case 'BraceExpansion':
        if (/\.\..*\.\./.test(text) || /\{-?0\d+\.\./.test(text))
          note(node, 'a step or zeros in {a..b} came with bash 4.0');
        break;
      case 'ParameterExpansion':
        parameter(node);
        break;
      default:
        break;
    }
  }

  function parameter(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): void {
    const variable = newVariables.get(node.parameter);
    if (variable !== undefined) note(node, variable);
    const index = node.index?.text;
    if (index !== undefined && /^\s*-/.test(index))
      note(node, 'negative indexes came with bash 4.3');
    const operation = node.operation;
    // "${list[@]}" of an empty list is an unbound variable under set -u before bash 4.4.
    if (
      (index === '@' || index === '*') &&
      node.prefix === undefined &&
      (operation === undefined ||
        operation.type === 'Slice' ||
        operation.type === 'Replace' ||
        operation.type === 'Remove')
    ) {
      if (!guarded(node))
        note(node, 'an empty list under set -u fails before bash 4.4: ${list[@]+"${list[@]}"}');
    }
    if (operation === undefined) return;
    if (operation.type === 'CaseModification') note(node, '${x,,} and ${x^^} came with bash 4.0');
    if (operation.type === 'Transform') note(node, '${x@Q} and its like came with bash 4.4');
    if (
      operation.type === 'Slice' &&
      operation.length !== undefined &&
      /^\s*\(?\s*-/.test(operation.length.text)
    ) {
      note(node, 'negative lengths came with bash 4.2');
    }
  }

  /** The list is known not to be empty: it's inside a `+` form, or the line says so. */
  function guarded(node: { pos: number; end: number; parameter: string }): boolean {
    const before = source.slice(Math.max(0, node.pos - node.parameter.length - 12), node.pos);
    if (/\[[@*]\]\+"?$/.test(before)) return true;
    const start = source.lastIndexOf('\n', node.pos) + 1;
    const end = source.indexOf('\n', node.end);
    return /# never empty\b/.test(source.slice(start, end < 0 ? undefined : end));
  }
}
