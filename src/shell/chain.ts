import type { SyntaxNode } from 'unbash';
import type { Script } from './script.ts';
import { nameOf } from './words.ts';

/** What only prepares the commands that follow. */
export const settings =
  /^(?:export|source|\.|cd|unset|local|declare|readonly|pushd|popd|mkdir|shopt)$/;
/** What only tells. */
export const telling = /^(?:echo|printf|true|false|:|exit|set|clear|date)$/;
/** Whether a command only tells how another went. */
export function isTelling(node: SyntaxNode): boolean {
  return node.type === 'Command' && telling.test(nameOf(node));
}

/** `[ -f .env ] && source .env` looks at nothing: it sets what is there to be set. */
export function isGuard(node: SyntaxNode): boolean {
  const [first, ...others] = chained(node);
  return (
    first !== undefined &&
    others.length > 0 &&
    (first.type === 'TestCommand' || /^(?:test|\[)$/.test(nameOf(first))) &&
    others.every((one) => settings.test(nameOf(one)) || isTelling(one)) &&
    others.some((one) => settings.test(nameOf(one)))
  );
}

/** `grep … && echo "UNEXPECTED: …"`: that it is found is told as bad. */
export function isToldBad(script: Script, node: SyntaxNode): boolean {
  const inner = node.type === 'Statement' ? node.command : node;
  const [, told] = inner.type === 'AndOr' && inner.operators[0] === '&&' ? inner.commands : [];
  return (
    told !== undefined &&
    isTelling(told) &&
    /^\w+\s+["']?(?:\W*)(?:unexpected|fail\w*|error|bad|problem|wrong)\b|❌|✗/iu.test(
      script.textOf(told),
    )
  );
}

/** The commands of a chain whose first decides what it is; the others only tell. */
export function chained(node: SyntaxNode): readonly SyntaxNode[] {
  const inner = node.type === 'Statement' ? node.command : node;
  return inner.type === 'AndOr' ? inner.commands : [inner];
}
