import type { SyntaxNode } from 'unbash';
import { capturesByName, isNullSeen, readDirectly } from '../captures.ts';
import { lastField } from '../../shell/jq/program.ts';
import type { Hit, Rule } from '../rule.ts';
import { stateName } from '../states.ts';
import type { Script } from '../../shell/script.ts';
import { argsOf, nameOf, variablesRead } from '../../shell/words.ts';

/** Rules on how the shell compares what came from outside. */
export const valueRules: readonly Rule[] = [
  {
    code: 'null-is-zero',
    severity: 'error',
    reason: 'in [[ ]] and (( )) the text "null", or nothing, counts as the number 0',
    cure: 'let jq fail when the field is missing (`jq -er`, `// error("…")`), or compare in jq',
    find: (script) =>
      arithmeticIn(script).flatMap(({ node, names, passesZero }) =>
        passesZero
          ? unsure(script, names).map((name) => ({
              node,
              message: `this holds when $${name} is missing`,
              nearest: `[[ $${name} =~ ^[0-9]+$ ]] && ${script.textOf(node)}`,
            }))
          : [],
      ),
  },
  {
    code: 'order-of-text',
    severity: 'error',
    reason: 'in [[ ]] and [ ] the signs < and > compare texts: "9" is greater than "100"',
    cure: 'compare numbers with -lt and -gt, or in jq',
    find: (script) =>
      script
        .all('TestBinary')
        .filter(({ operator }) => operator === '<' || operator === '>')
        .filter(({ left, right }) =>
          [left, right].some(({ value }) => /^-?\d+(?:\.\d+)?$/.test(value)),
        )
        .map((node) => ({
          node,
          message: 'these are compared as texts',
          nearest: script
            .textOf(node)
            .replace(node.operator, node.operator === '<' ? '-lt' : '-gt'),
        })),
  },
  {
    code: 'both-null',
    severity: 'error',
    reason: 'two fields that are both missing are the same text, "null"',
    cure: 'see first that there is a value: `[ -n "$a" ] && [ "$a" != null ] && [ "$a" = "$b" ]`',
    find: (script) =>
      equalitiesIn(script).flatMap(({ node, names }) =>
        names.length === 2 && unsure(script, names).length === 2
          ? [
              {
                node,
                message: `this holds when $${names[0]} and $${names[1]} are both missing`,
                nearest: `[ "$${names[0]}" != null ] && ${script.textOf(node)}`,
              },
            ]
          : [],
      ),
  },
  {
    code: 'state-substring',
    severity: 'error',
    reason: '"not completed" and "completed_with_errors" hold "completed", too',
    cure: 'compare the whole: `[ "$status" = completed ]`',
    find: (script) => partialStates(script),
  },
];

interface Arithmetic {
  readonly node: SyntaxNode;
  readonly names: readonly string[];
  /** It holds when the variable counts as 0. */
  readonly passesZero: boolean;
}

const flipped: Readonly<Record<string, string>> = {
  '-lt': '-gt',
  '-le': '-ge',
  '-gt': '-lt',
  '-ge': '-le',
};
const shell: Readonly<Record<string, string>> = {
  '<': '-lt',
  '<=': '-le',
  '>': '-gt',
  '>=': '-ge',
  '==': '-eq',
};

function arithmeticIn(script: Script): readonly Arithmetic[] {
  const inTests = script
    .all('TestBinary')
    .flatMap((node) => compared(node, node.operator, node.left.value, node.right.value));
  const inParens = script
    .all('ArithmeticBinary')
    .flatMap((node) =>
      compared(
        node,
        shell[node.operator] ?? '',
        script.textOf(node.left),
        script.textOf(node.right),
      ),
    );
  return [...inTests, ...inParens];
}

function compared(
  node: SyntaxNode,
  operator: string,
  left: string,
  right: string,
): readonly Arithmetic[] {
  const isLeft = /^\$?\{?[A-Za-z_]\w*\}?$/.test(left);
  const name = (isLeft ? left : right).replaceAll(/[${}]/g, '');
  const number = Number(isLeft ? right : left);
  const op = isLeft ? operator : (flipped[operator] ?? operator);
  if (!/^[A-Za-z_]\w*$/.test(name) || Number.isNaN(number) || (isLeft ? right : left) === '')
    return [];
  const passesZero =
    (op === '-lt' && number > 0) ||
    (op === '-le' && number >= 0) ||
    (op === '-eq' && number === 0) ||
    (op === '-gt' && number < 0) ||
    (op === '-ge' && number <= 0);
  return [{ node, names: [name], passesZero }];
}

interface Equality {
  readonly node: SyntaxNode;
  readonly names: readonly string[];
}

function equalitiesIn(script: Script): readonly Equality[] {
  const double = script
    .all('TestBinary')
    .filter(({ operator }) => /^==?$/.test(operator))
    .map((node) => ({ node, names: [...variablesRead(node)] }));
  const single = script
    .all('Command')
    .filter((node) => /^(?:\[|test)$/.test(nameOf(node)))
    .filter((node) => argsOf(node).some(({ value }) => /^==?$/.test(value)))
    .map((node) => ({ node, names: [...readDirectly(node)] }));
  return [...double, ...single];
}

/** Those of the names that hold what jq printed, null or not, and that nothing else looks at. */
function unsure(script: Script, names: readonly string[]): readonly string[] {
  const captures = capturesByName(script);
  return names.filter((name) => {
    const own = captures.get(name) ?? [];
    return (
      own.length > 0 && own.every((capture) => capture.isUnsure && !isNullSeen(script, capture))
    );
  });
}

/** Whether a variable holds a state: by its name, or by the field that jq took it from. */
function isState(script: Script, name: string): boolean {
  return (
    stateName.test(name) ||
    (capturesByName(script).get(name) ?? []).some(({ jq: { program } }) => {
      const field = program && lastField(program);
      return field !== undefined && stateName.test(field.name);
    })
  );
}

function partialStates(script: Script): readonly Hit[] {
  const tests = script.all('TestBinary').flatMap((node): readonly Hit[] => {
    const name = [...variablesRead(node.left)].find((read) => isState(script, read));
    const pattern = script.textOf(node.right).replaceAll(/["']/g, '');
    const word =
      node.operator === '=~'
        ? /^\w+$/.exec(pattern)?.[0]
        : /^==?$/.test(node.operator)
          ? /^\*(\w+)\*$/.exec(pattern)?.[1]
          : undefined;
    return name === undefined || word === undefined ? [] : [partial(node, name, word)];
  });
  const cases = script.all('Case').flatMap((node) => {
    const name = [...variablesRead(node.word)].find((read) => isState(script, read));
    return name === undefined
      ? []
      : node.items.flatMap((item) =>
          item.pattern.flatMap((pattern) => {
            const word = /^\*(\w+)\*$/.exec(script.textOf(pattern).replaceAll(/["']/g, ''))?.[1];
            return word === undefined || !/complet|pass|success|ok|done|ready|health/i.test(word)
              ? []
              : [partial(pattern, name, word)];
          }),
        );
  });
  return [...tests, ...cases];
}

function partial(node: SyntaxNode, name: string, word: string): Hit {
  return {
    node,
    message: `a $${name} with "${word}" somewhere in it passes this`,
    nearest: `[ "$${name}" = ${word} ]`,
  };
}
