import type { SyntaxNode } from 'unbash';
import { isCleanup } from '../checks.ts';
import { comparisonsOf, holds, type Comparison } from '../comparisons.ts';
import { curlOf } from '../curl.ts';
import { statusNames } from '../http-status.ts';
import { isLoop } from '../loops.ts';
import type { Rule } from '../rule.ts';
import { above, type NodeOf, type Script } from '../../shell/script.ts';
import { wanted } from '../wanted.ts';

/** Rules on what is made of the HTTP status. */
export const statusRules: readonly Rule[] = [
  {
    code: 'status-too-wide',
    severity: 'error',
    reason:
      'a service that crashed (500) or is not there (000) passes: a range of statuses, or all but one, is no answer to what was asked',
    cure: 'compare with the one status that is right: `[ "$code" = 422 ]`',
    find: (script) => [
      ...tooWide(script).map(({ one, passes }) => ({
        node: one.node,
        message: `with the status ${passes.join(' or ')} this passes`,
        nearest: `[ "$${one.name}" = ${/-(?:ge|gt)|!=|-ne/.test(one.operator) ? '422' : '200'} ]`,
      })),
      ...refusals(script).map((node) => ({
        node,
        message: 'a service that crashed or is not there refuses everything',
        nearest: `code=$(${script.textOf(node).replace(/\s*(?:>|&>)\s*\/dev\/null.*$/, '')} -o /dev/null -w '%{http_code}'); [ "$code" = 422 ]`,
      })),
    ],
  },
];

const bad = ['000', '500'];
const probes = [...bad, '200', '201', '302', '404', '422'];

/** Comparisons that keep the script green with a status that nobody wants, and with others too. */
function tooWide(
  script: Script,
): readonly { readonly one: Comparison; readonly passes: readonly string[] }[] {
  const names = statusNames(script);
  const all = comparisonsOf(script).filter(({ name }) => names.has(name));
  return all.flatMap((one) => {
    // `-n` is true of every status: that is another rule's.
    if (one.operator === '-n' || one.operator === '-z') return [];
    const good = wanted(script, one.node);
    if (good === undefined || above(script, one.node).some(isLoop)) return [];
    // A second look at the same status may say the rest.
    if (all.some((other) => other !== one && other.name === one.name && near(script, one, other)))
      return [];
    const passing = probes.filter((probe) => holds(one, probe) === good);
    const passes = passing.filter((probe) => bad.includes(probe));
    return passes.length > 0 && passing.length > 1 ? [{ one, passes }] : [];
  });
}

function near(script: Script, one: Comparison, other: Comparison): boolean {
  return functionOf(script, one.node) === functionOf(script, other.node);
}

function functionOf(script: Script, node: SyntaxNode): SyntaxNode | undefined {
  return above(script, node).find(({ type }) => type === 'Function');
}

/** `if curl -f …; then exit 1; fi`: what should be refused. Whether a service is gone is asked of its health. */
function refusals(script: Script): readonly NodeOf<'Command'>[] {
  return script
    .all('Command')
    .filter((node) => curlOf(node)?.fails === true && wanted(script, node) === false)
    .filter((node) => !isCleanup(script, node) && !above(script, node).some(isLoop))
    .filter(
      (node) => !/health|ready|alive|ping|status|:\d+\/?["']?(?:\s|$)/i.test(script.textOf(node)),
    )
    .filter(
      (node) =>
        !/\b(?:still|already|stop|down|up|running|reachable|in use)\b/i.test(around(script, node)),
    );
}

/** The text of the `if` or chain that a request stands in. */
function around(script: Script, node: SyntaxNode): string {
  const at = above(script, node).find(({ type }) => type === 'If' || type === 'AndOr');
  return at === undefined ? '' : script.textOf(at);
}
