import type { JqCall } from '../../shell/jq-call.ts';
import { jqCalls } from '../../shell/jq-call.ts';
import {
  companions,
  isReceived,
  ordersIn,
  plain,
  saysNumber,
  saysPresent,
  type Order,
} from '../../shell/jq/kinds.ts';
import { allParts, callsOf, type Jq } from '../../shell/jq/program.ts';
import type { Hit, Rule } from '../rule.ts';
import { shortCounts } from '../short-lists.ts';
import type { Script } from '../../shell/script.ts';
import { lineWithin } from '../place.ts';

/** Rules on jq's order of all values: null < false < true < numbers < texts < lists < objects. */
export const orderRules: readonly Rule[] = [
  {
    code: 'null-less-than',
    severity: 'error',
    reason: 'a field that is missing is null, and jq holds null for less than every number',
    cure: 'ask for the type too: `(.x | type) == "number" and .x < 100`',
    find: (script) =>
      comparisons(script, ({ received, isBelow, with: around }) =>
        isBelow && !saysPresent(around)
          ? `without ${received} this is true: null is less than every number`
          : undefined,
      ),
  },
  {
    code: 'length-of-nothing',
    severity: 'error',
    reason: 'the length of null is 0, so a list that is missing is a short one',
    cure: 'ask for the list too: `(.x | type) == "array" and (.x | length) < 5`',
    find: (script) => [
      ...jqCalls(script).flatMap((call) => shortLists(script, call)),
      ...shortCounts(script).map(({ node, name }) => ({
        node,
        message: `without the list this is true: $${name} is 0 then`,
        nearest: `[ "$${name}" -gt 0 ] && ${script.textOf(node)}`,
      })),
    ],
  },
  {
    code: 'string-greater-than',
    severity: 'error',
    reason: 'jq orders types, so every text, list and object is greater than every number',
    cure: 'ask for the type too: `(.x | type) == "number" and .x > 100`',
    find: (script) =>
      comparisons(script, ({ received, isBelow, with: around }) =>
        !isBelow && !saysNumber(around)
          ? `with a text in ${received} this is true: every text is greater than every number`
          : undefined,
      ),
  },
  {
    code: 'arg-is-text',
    severity: 'error',
    reason:
      'what comes by --arg is a text, and jq holds every number for less than every text, whatever stands in it',
    cure: 'pass it with `--argjson`, or compare with `($x | tonumber)`',
    find: (script) => jqCalls(script).flatMap((call) => textsIn(script, call)),
  },
];

const counts =
  /count|total|number|percent|progress|size|samples|seconds|^(?:n|min|max|limit|pct)$/i;

/** Comparisons with a text that is meant as a number; two texts, such as dates, may well be compared by order. */
function textsIn(script: Script, call: JqCall): readonly Hit[] {
  const { program, text, texts } = call;
  return (program === undefined ? [] : ordersIn(program)).flatMap((order) => {
    const side = [order.left, order.right].find(
      (at) => at.kind === 'variable' && texts.has(at.name),
    );
    if (side?.kind !== 'variable') return [];
    const other = plain(text, side === order.left ? order.right : order.left);
    const given = texts.get(side.name) ?? '';
    const isNumeric =
      /^-?\d+(?:\.\d+)?$/.test(given) ||
      saysNumber([order]) ||
      counts.test(side.name) ||
      counts.test(/\w+$/.exec(other)?.[0] ?? '');
    const converted = text
      .slice(order.pos, order.end)
      .replace(`$${side.name}`, `($${side.name} | tonumber)`);
    return isNumeric && !/tonumber/.test(text)
      ? [
          hit(
            script,
            call,
            order,
            `$${side.name} is a text here, and is compared by order`,
            converted,
          ),
        ]
      : [];
  });
}

/** `.x | length < 5`, also as `(.x | length) < 5`, where nothing says that there is an x. */
function shortLists(script: Script, call: JqCall): readonly Hit[] {
  const { program, text } = call;
  if (program === undefined) return [];
  const all = ordersIn(program);
  return all.flatMap((order) => {
    const [side, other, isBelow] = isLength(order.left)
      ? [order.left, order.right, order.op.startsWith('<')]
      : [order.right, order.left, order.op.startsWith('>')];
    const list = isLength(side) ? measuredIn(program, order, side) : undefined;
    if (list === undefined || !isBelow || !isNumber(other, call.texts)) return [];
    const around = companions(program, order).filter((part) => part !== list);
    const guarded = around.some(
      (part) =>
        callsOf(part, ['length', 'type', 'has', 'arrays', 'values', 'any', 'error']).length > 0,
    );
    if (guarded || saysPresent(around)) return [];
    const name = plain(text, list);
    return [
      hit(
        script,
        call,
        order,
        `without ${name} this is true: the length of null is 0`,
        `(${name} | type) == "array" and (${name} | ${text.slice(order.pos, order.end).replace(/^\(.*\|\s*|\)/g, '')})`,
      ),
    ];
  });
}

/** `length` alone, or at the end of a pipe. */
function isLength(node: Jq): boolean {
  if (node.kind === 'call') return node.name === 'length' && node.args.length === 0;
  return node.kind === 'binary' && node.op === '|' && isLength(node.right);
}

/** The field whose length it is: what stands before it in its own pipe, or in the one around the comparison. */
function measuredIn(program: Jq, order: Order, side: Jq): Jq | undefined {
  const source =
    side.kind === 'binary'
      ? side.left
      : allParts(program).find(
          (at): at is Order => at.kind === 'binary' && at.op === '|' && at.right === order,
        )?.left;
  return source?.kind === 'field' && isReceived(source) ? source : undefined;
}

interface Compared {
  /** The side that a service sent, as it is written. */
  readonly received: string;
  /** It has to be less than a number (else greater). */
  readonly isBelow: boolean;
  /** What must be so too. */
  readonly with: readonly Jq[];
}

function comparisons(
  script: Script,
  wrong: (compared: Compared) => string | undefined,
): readonly Hit[] {
  return jqCalls(script).flatMap((call) => {
    const { program, text } = call;
    if (program === undefined) return [];
    const all = ordersIn(program);
    return all.flatMap((order) => {
      const received = receivedOf(order, call.texts);
      if (received === undefined) return [];
      const name = plain(text, received);
      const isBelow = (received === order.left) === order.op.startsWith('<');
      const opposite = all.some((other) => isOpposite(call, other, name, isBelow));
      const message = opposite
        ? undefined
        : wrong({ received: name, isBelow, with: companions(program, order) });
      if (message === undefined) return [];
      const nearest = `(${name} | type) == "number" and ${text.slice(order.pos, order.end)}`;
      return [hit(script, call, order, message, nearest)];
    });
  });
}

/** The side that came from outside, when the other one is a number. */
function receivedOf({ left, right }: Order, texts: JqCall['texts']): Jq | undefined {
  if (isNumber(right, texts) && isReceived(left)) return left;
  if (isNumber(left, texts) && isReceived(right)) return right;
  return undefined;
}

function isNumber(node: Jq, texts: JqCall['texts']): boolean {
  return (
    (node.kind === 'literal' && typeof node.value === 'number') ||
    (node.kind === 'negative' && isNumber(node.of, texts)) ||
    (node.kind === 'variable' && !texts.has(node.name) && node.name !== 'ENV')
  );
}

/** Bounded on both sides, neither null nor a text can pass. */
function isOpposite(
  { text, texts }: JqCall,
  other: Order,
  name: string,
  isBelow: boolean,
): boolean {
  const received = receivedOf(other, texts);
  return (
    received !== undefined &&
    plain(text, received) === name &&
    ((received === other.left) === other.op.startsWith('<')) !== isBelow
  );
}

function hit(script: Script, call: JqCall, at: Jq, message: string, nearest: string): Hit {
  return {
    node: call.word ?? call.command,
    lines: lineWithin(script, call, at.pos),
    message,
    nearest,
  };
}
