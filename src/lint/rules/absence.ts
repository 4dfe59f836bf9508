import type { SyntaxNode, Word } from 'unbash';
import { callsOf as callsByName, isCheck, isCleanup } from '../checks.ts';
import { capturesByName } from '../captures.ts';
import { jqOf } from '../../shell/jq-call.ts';
import { allParts, callsOf, type Jq } from '../../shell/jq/program.ts';
import type { Hit, Rule } from '../rule.ts';
import { perScript } from '../../shell/per-script.ts';
import { stateName } from '../states.ts';
import { wanted } from '../wanted.ts';
import type { NodeOf, Script } from '../../shell/script.ts';
import { argsOf, nameOf, variablesRead } from '../../shell/words.ts';

/** Rules on scripts that see only that nothing bad is there. */
export const absenceRules: readonly Rule[] = [
  {
    code: 'only-absence',
    severity: 'error',
    reason: 'that nothing bad was seen is also true of an empty, a foreign and an unfinished reply',
    cure: 'ask for the good thing too: `[ "$status" = completed ]`',
    find: (script) => {
      if (asksElsewhere(script)) return [];
      const found: Hit[] = [];
      for (const node of checksOf(script)) {
        const kind = absentIn(script, node);
        // One that asks for something good is enough.
        if (kind === undefined) return [];
        found.push({ node, message: `the only thing that is asked is that there is no ${kind}` });
      }
      return found;
    },
  },
];

type Check = NodeOf<'Command'> | NodeOf<'TestCommand'> | NodeOf<'ArithmeticCommand'>;

/** All that decides; a download that fails decides nothing on what comes back. */
function checksOf(script: Script): readonly Check[] {
  return [
    ...script.all('Command'),
    ...script.all('TestCommand'),
    ...script.all('ArithmeticCommand'),
  ].filter((node) => isCheck(script, node) && nameOf(node) !== 'curl' && !isCleanup(script, node));
}

/** Decisions of another kind: by `case`, by a program that reads, by a search whose words decide. */
function asksElsewhere(script: Script): boolean {
  const calls = callsByName(script);
  return (
    script.all('Case').length > 0 ||
    ['python', 'python3', 'node', 'pytest', 'grep', 'egrep', 'awk', 'diff', 'cmp'].some((name) =>
      calls.has(name),
    )
  );
}

/** What must not be there, for people; undefined where something must be, or where no reply is asked. */
function absentIn(script: Script, node: Check): string | undefined {
  if (node.type === 'ArithmeticCommand') return undefined;
  const jq = node.type === 'Command' ? jqOf(script, node) : undefined;
  if (jq !== undefined) return jq.program && absentInJq(jq.program, isOfBad(jq.program));
  const names = [...variablesRead(node)];
  const [name] = names;
  if (name === undefined || names.length > 1) return undefined;
  const held = heldBy(script).get(name);
  if (held === undefined) return undefined;
  const ofBad =
    held.ofBad || (held.ofState && wanted(script, node) === !/-n\s/.test(script.textOf(node)));
  // `if [ -n "$errors" ]; then exit 1; fi` asks for the same.
  const isRefused = wanted(script, node) === false;
  if (node.type === 'Command') return absentInWords(argsOf(node), ofBad, isRefused);
  const [test, ...others] = testsIn(node.expression);
  if (test === undefined || others.length > 0) return undefined;
  return test.type === 'TestUnary'
    ? absent(turned(test.operator, isRefused), '', ofBad)
    : absent(test.operator, test.right.value, ofBad);
}

/** `-n` where the branch fails is `-z`. */
function turned(operator: string, isRefused: boolean): string {
  return isRefused && operator === '-n' ? '-z' : operator;
}

/** What the captures of each name hold. */
const heldBy = perScript(
  (script) =>
    new Map(
      [...capturesByName(script)].map(([name, all]) => {
        const programs = all.flatMap(({ jq: { program } }) => program ?? []);
        return [
          name,
          { ofBad: programs.some(isOfBad), ofState: programs.some(isOfState) },
        ] as const;
      }),
    ),
);

function testsIn(node: SyntaxNode): readonly (NodeOf<'TestUnary'> | NodeOf<'TestBinary'>)[] {
  switch (node.type) {
    case 'TestUnary':
    case 'TestBinary':
      return [node];
    case 'TestLogical':
      return node.operands.flatMap(testsIn);
    case 'TestGroup':
      return testsIn(node.expression);
    default:
      return [];
  }
}

/** `[ WORD OPERATOR WORD ]` and `[ -z WORD ]`. */
function absentInWords(
  words: readonly Word[],
  ofBad: boolean,
  isRefused: boolean,
): string | undefined {
  const given = words.map(({ value }) => value).filter((value) => value !== ']');
  if (given.length === 2) return absent(turned(given[0] ?? '', isRefused), '', ofBad);
  return given.length === 3 ? absent(given[1] ?? '', given[2] ?? '', ofBad) : undefined;
}

const bad = /^(?:fail(?:ed|ure)?|error(?:ed)?|cancell?ed|crashed|false|unhealthy)$/i;

/** `ofBad`: what is compared is bad news, if there is any. */
function absent(operator: string, value: string, ofBad: boolean): string | undefined {
  if (operator === '!=') return bad.test(value) ? `"${value}"` : undefined;
  if (!ofBad || !/^(?:-z|==?|-eq|-le)$/.test(operator) || !/^(?:null|0|)$/.test(value))
    return undefined;
  return value === '0' ? 'one to count' : 'value';
}

/** Whether a program takes errors or failures out of a reply. */
function isOfBad(program: Jq): boolean {
  return allParts(program).some(
    (part) =>
      (part.kind === 'literal' && bad.test(String(part.value))) ||
      (part.kind === 'field' && /err(?:or)?s?(?:_|$)|fail|problem|issue/i.test(part.name)),
  );
}

/** `.items[] | select(.status == "broken")`: some that are not as they should be. */
function isOfState(program: Jq): boolean {
  return callsOf(program, ['select']).some((call) =>
    allParts(call).some((part) => part.kind === 'field' && stateName.test(part.name)),
  );
}

/** `.error == null`, `(.errors | length) == 0`, `.status != "failed"`, `.error | not`. */
function absentInJq(program: Jq, ofBad: boolean): string | undefined {
  if (program.kind === 'call' && program.name === 'not') return ofBad ? 'value' : undefined;
  if (program.kind !== 'binary') return undefined;
  const { op, left, right } = program;
  if (op === '|') return absentInJq(right, ofBad);
  if (right.kind !== 'literal' || (op === '==' && !ofBad)) return undefined;
  if (op === '==' && right.value === 0) return 'one to count';
  if (op === '==' && right.value === null) return isPlain(left) ? 'value' : undefined;
  return op === '!=' && bad.test(String(right.value)) ? JSON.stringify(right.value) : undefined;
}

function isPlain(node: Jq): boolean {
  return !allParts(node).some(({ kind }) => kind === 'literal');
}
