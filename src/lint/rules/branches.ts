import type { SyntaxNode } from 'unbash';
import { badNews, goodNews, isCheck, printedBy } from '../checks.ts';
import type { Hit, Rule } from '../rule.ts';
import type { NodeOf, Script } from '../../shell/script.ts';

/** Rules on decisions that decide nothing. */
export const branchRules: readonly Rule[] = [
  {
    code: 'both-branches-pass',
    severity: 'error',
    reason: 'whatever the check says, the outcome is the same',
    cure: 'let the other branch fail: `else echo FAIL >&2; exit 1; fi`',
    find: (script) => [
      ...script.all('If').flatMap((node) => samePath(script, node)),
      ...script.all('Case').flatMap((node) => allPatternsPass(script, node)),
    ],
  },
];

function samePath(script: Script, node: NodeOf<'If'>): readonly Hit[] {
  const branches = [node.then, ...node.elif.map(({ then }) => then), node.else].filter(
    (branch) => branch !== undefined,
  );
  if (node.else === undefined) return passOnly(script, node);
  const texts = branches.map((branch) => folded(script, branch));
  const [first] = texts;
  if (first === '' || first === undefined) return [];
  const printed = branches.map((branch) => printedBy(script, branch));
  const allPass = printed.every(
    (text) => text !== undefined && goodNews.test(text) && !badNews.test(text),
  );
  return allPass || texts.every((text) => text === first)
    ? [
        {
          node: node.else,
          message: 'this branch does what the other one does',
          nearest: 'echo FAIL >&2; exit 1',
        },
      ]
    : [];
}

/** `case $s in ok) echo PASS ;; *) echo "PASS, too" ;; esac`: every other state passes. */
function allPatternsPass(script: Script, node: NodeOf<'Case'>): readonly Hit[] {
  const rest = node.items.find(({ pattern }) => pattern.some(({ value }) => value === '*'));
  const passes = node.items.map(({ body }) => {
    const printed = printedBy(script, body);
    return printed !== undefined && goodNews.test(printed) && !badNews.test(printed);
  });
  return rest !== undefined && passes.length > 1 && passes.every(Boolean)
    ? [
        {
          node: rest,
          message: 'every other value does what the good one does',
          nearest: '*) echo FAIL >&2; exit 1 ;;',
        },
      ]
    : [];
}

/** `if CHECK; then echo PASS; fi`: when it does not hold nothing happens. */
function passOnly(script: Script, node: NodeOf<'If'>): readonly Hit[] {
  const printed = printedBy(script, node.then);
  const asked = node.clause.commands.at(-1)?.command;
  if (/^(?:true|:)$/.test(folded(script, node.then)) && node.elif.length === 0)
    return [
      {
        node,
        message: 'whether this holds or not, nothing happens',
        nearest: `${script.textOf(node.clause).replace(/[;\s]+$/, '')} || exit 1`,
      },
    ];
  if (printed === undefined || !goodNews.test(printed) || badNews.test(printed)) return [];
  // `exit 0` leaves what follows to the other case.
  if (/\b(?:exit|return)\b/.test(script.textOf(node.then))) return [];
  if (asked === undefined || node.elif.length > 0 || !isCheck(script, asked)) return [];
  return [
    {
      node,
      message: 'when this does not hold, nothing happens',
      nearest: 'else echo FAIL >&2; exit 1; fi',
    },
  ];
}

function folded(script: Script, node: SyntaxNode): string {
  return script
    .textOf(node)
    .replaceAll(/[\s;]+/g, ' ')
    .trim();
}
