/** A part of a jq program; `pos` and `end` are offsets into its text. */
export type Jq = JqShape & { readonly pos: number; readonly end: number };

/** What a part can be. Names are those of jq's manual where it has one. */
export type JqShape =
  | { readonly kind: 'identity' | 'recurse' }
  | { readonly kind: 'field'; readonly of: Jq; readonly name: string }
  | { readonly kind: 'index'; readonly of: Jq; readonly index: Jq }
  | { readonly kind: 'slice'; readonly of: Jq; readonly bounds: readonly Jq[] }
  | { readonly kind: 'each'; readonly of: Jq }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** A string with `\(…)` in it. */
  | { readonly kind: 'text'; readonly parts: readonly Jq[] }
  | { readonly kind: 'format' | 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Jq[] }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Jq; readonly right: Jq }
  | { readonly kind: 'negative'; readonly of: Jq }
  | { readonly kind: 'list'; readonly of: Jq | undefined }
  | { readonly kind: 'object'; readonly values: readonly Jq[] }
  | {
      readonly kind: 'if';
      readonly tests: readonly Jq[];
      readonly results: readonly Jq[];
    }
  | { readonly kind: 'try'; readonly body: Jq; readonly otherwise: Jq | undefined }
  /** `reduce` and `foreach`. */
  | { readonly kind: 'fold'; readonly source: Jq; readonly parts: readonly Jq[] }
  /** `SOURCE as $x | BODY`. */
  | { readonly kind: 'bind'; readonly source: Jq; readonly body: Jq }
  /** `def f: MEANING; BODY`. */
  | { readonly kind: 'define'; readonly meaning: Jq; readonly body: Jq }
  | { readonly kind: 'label'; readonly body: Jq };

/** The parts directly below a part, in the order of the text. */
function partsOf(node: Jq): readonly Jq[] {
  switch (node.kind) {
    case 'field':
    case 'each':
    case 'negative':
      return [node.of];
    case 'index':
      return [node.of, node.index];
    case 'slice':
      return [node.of, ...node.bounds];
    case 'text':
      return node.parts;
    case 'call':
      return node.args;
    case 'binary':
      return [node.left, node.right];
    case 'list':
      return node.of === undefined ? [] : [node.of];
    case 'object':
      return node.values;
    case 'if':
      return [...node.tests, ...node.results];
    case 'try':
      return node.otherwise === undefined ? [node.body] : [node.body, node.otherwise];
    case 'fold':
      return [node.source, ...node.parts];
    case 'bind':
      return [node.source, node.body];
    case 'define':
      return [node.meaning, node.body];
    case 'label':
      return [node.body];
    default:
      return [];
  }
}

/** A part and all below it. */
export function allParts(node: Jq): readonly Jq[] {
  const all: Jq[] = [];
  const visit = (part: Jq): void => {
    all.push(part);
    partsOf(part).forEach(visit);
  };
  visit(node);
  return all;
}

/** The operands of a chain of one operator, such as all that `and` joins. */
export function operandsOf(node: Jq, op: string): readonly Jq[] {
  return node.kind === 'binary' && node.op === op
    ? [...operandsOf(node.left, op), ...operandsOf(node.right, op)]
    : [node];
}

/** The calls of a function below a part, itself included. */
export function callsOf(node: Jq, names: readonly string[]): readonly (Jq & { kind: 'call' })[] {
  return allParts(node).filter(
    (part): part is Jq & { kind: 'call' } => part.kind === 'call' && names.includes(part.name),
  );
}

/** The field that ends last before a place in the text, whole: `.data.status`, not `.data`. */
export function lastField(
  node: Jq,
  before = Number.POSITIVE_INFINITY,
): (Jq & { readonly kind: 'field' }) | undefined {
  return allParts(node)
    .filter((at): at is Jq & { readonly kind: 'field' } => at.kind === 'field' && at.end <= before)
    .reduce<(Jq & { readonly kind: 'field' }) | undefined>(
      (last, at) => (last === undefined || at.end > last.end ? at : last),
      undefined,
    );
}
