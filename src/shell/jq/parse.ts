import { levels } from './operators.ts';
import type { Jq, JqShape } from './program.ts';
import { Reader, type Token } from './reader.ts';

/**
 * A jq program as a tree; undefined where it is none, or beyond what is read here (modules). Own work, since of the parsers on the
 * registry one states no licence, and the maintained one tells nodes apart by class names, which do not outlive a minifier.
 */
export function parseJq(text: string): Jq | undefined {
  if (text.length > 20_000) return undefined;
  try {
    const reader = new Reader(text);
    const program = pipe(reader);
    reader.expectEnd();
    return program;
  } catch (error) {
    // A program that nests too deep for us is one more that is not understood.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function node(reader: Reader, pos: number, shape: JqShape): Jq {
  return { ...shape, pos, end: reader.end };
}

function pipe(reader: Reader): Jq {
  const pos = reader.start();
  if (reader.take('def')) {
    reader.next();
    if (reader.take('(')) while (!reader.take(')')) reader.next();
    reader.expect(':');
    const meaning = pipe(reader);
    reader.expect(';');
    return node(reader, pos, { kind: 'define', meaning, body: pipe(reader) });
  }
  if (reader.take('label')) {
    reader.next();
    reader.expect('|');
    return node(reader, pos, { kind: 'label', body: pipe(reader) });
  }
  const left = level(reader, 0);
  if (reader.take('as')) {
    reader.skipPatterns();
    reader.expect('|');
    return node(reader, pos, { kind: 'bind', source: left, body: pipe(reader) });
  }
  if (!reader.take('|')) return left;
  return node(reader, pos, { kind: 'binary', op: '|', left, right: pipe(reader) });
}

function level(reader: Reader, at: number): Jq {
  const here = levels[at];
  if (here === undefined) return prefixed(reader);
  const pos = reader.start();
  let left = level(reader, at + 1);
  for (;;) {
    const op = here.ops.find((candidate) => reader.take(candidate));
    if (op === undefined) return left;
    const right = level(reader, here.right === true ? at : at + 1);
    left = node(reader, pos, { kind: 'binary', op, left, right });
  }
}

function prefixed(reader: Reader): Jq {
  const pos = reader.start();
  if (reader.take('-')) return node(reader, pos, { kind: 'negative', of: postfixed(reader) });
  return postfixed(reader);
}

function postfixed(reader: Reader): Jq {
  const pos = reader.start();
  let of = primary(reader);
  for (;;) {
    const token = reader.peek();
    if (token.kind === 'field') {
      reader.next();
      of = node(reader, pos, { kind: 'field', of, name: token.text.slice(1) });
    } else if (reader.take('?')) {
      of = node(reader, pos, { kind: 'try', body: of, otherwise: undefined });
    } else if (reader.take('[')) {
      of = bracket(reader, pos, of);
    } else if (token.text === '.' && reader.follows('.', '[')) {
      reader.next();
    } else if (token.text === '.' && reader.follows('.', '"')) {
      reader.next();
      of = keyed(reader, pos, of, quotedText(reader));
    } else {
      return of;
    }
  }
}

function bracket(reader: Reader, pos: number, of: Jq): Jq {
  if (reader.take(']')) return node(reader, pos, { kind: 'each', of });
  const from = reader.take(':') ? undefined : pipe(reader);
  const sliced = from === undefined || reader.take(':');
  const to = sliced && reader.peek().text !== ']' ? pipe(reader) : undefined;
  reader.expect(']');
  if (sliced)
    return node(reader, pos, {
      kind: 'slice',
      of,
      bounds: [from, to].filter((bound) => bound !== undefined),
    });
  return keyed(reader, pos, of, from);
}

function keyed(reader: Reader, pos: number, of: Jq, index: Jq): Jq {
  return index.kind === 'literal' && typeof index.value === 'string'
    ? node(reader, pos, { kind: 'field', of, name: index.value })
    : node(reader, pos, { kind: 'index', of, index });
}

function primary(reader: Reader): Jq {
  const pos = reader.start();
  const token = reader.peek();
  if (token.kind === 'string') return quotedText(reader);
  reader.next();
  switch (token.kind) {
    case 'number':
      return node(reader, pos, { kind: 'literal', value: Number(token.text) });
    case 'field':
      return node(reader, pos, {
        kind: 'field',
        of: node(reader, pos, { kind: 'identity' }),
        name: token.text.slice(1),
      });
    case 'variable':
      return node(reader, pos, { kind: 'variable', name: token.text.slice(1) });
    case 'format':
      return reader.peek().kind === 'string'
        ? quotedText(reader)
        : node(reader, pos, { kind: 'format', name: token.text.slice(1) });
    case 'word':
      return word(reader, pos, token);
    default:
      return sign(reader, pos, token);
  }
}

function sign(reader: Reader, pos: number, token: Token): Jq {
  const self = node(reader, pos, { kind: 'identity' });
  switch (token.text) {
    case '.':
      return reader.peek().kind === 'string' ? keyed(reader, pos, self, quotedText(reader)) : self;
    case '..':
      return node(reader, pos, { kind: 'recurse' });
    case '(': {
      const inner = pipe(reader);
      reader.expect(')');
      return { ...inner, pos, end: reader.end };
    }
    case '[': {
      const of = reader.peek().text === ']' ? undefined : pipe(reader);
      reader.expect(']');
      return node(reader, pos, { kind: 'list', of });
    }
    case '{':
      return object(reader, pos);
    default:
      throw new SyntaxError(`unexpected ${token.text}`);
  }
}

function word(reader: Reader, pos: number, token: Token): Jq {
  switch (token.text) {
    case 'true':
    case 'false':
      return node(reader, pos, { kind: 'literal', value: token.text === 'true' });
    case 'null':
      return node(reader, pos, { kind: 'literal', value: null });
    case 'if':
      return condition(reader, pos);
    case 'try': {
      const body = postfixed(reader);
      const otherwise = reader.take('catch') ? postfixed(reader) : undefined;
      return node(reader, pos, { kind: 'try', body, otherwise });
    }
    case 'reduce':
    case 'foreach': {
      const source = postfixed(reader);
      reader.expect('as');
      reader.skipPatterns();
      reader.expect('(');
      return node(reader, pos, { kind: 'fold', source, parts: listUntil(reader, ';', ')') });
    }
    case 'break':
      reader.next();
      return node(reader, pos, { kind: 'call', name: 'break', args: [] });
    default: {
      const args = reader.take('(') ? listUntil(reader, ';', ')') : [];
      return node(reader, pos, { kind: 'call', name: token.text, args });
    }
  }
}

function condition(reader: Reader, pos: number): Jq {
  const tests: Jq[] = [];
  const results: Jq[] = [];
  do {
    tests.push(pipe(reader));
    reader.expect('then');
    results.push(pipe(reader));
  } while (reader.take('elif'));
  if (reader.take('else')) results.push(pipe(reader));
  reader.expect('end');
  return node(reader, pos, { kind: 'if', tests, results });
}

function listUntil(reader: Reader, between: string, close: string): readonly Jq[] {
  const all = [pipe(reader)];
  while (reader.take(between)) all.push(pipe(reader));
  reader.expect(close);
  return all;
}

function object(reader: Reader, pos: number): Jq {
  const values: Jq[] = [];
  while (!reader.take('}')) {
    const key = reader.peek().kind === 'word' ? undefined : primary(reader);
    if (key === undefined) reader.next();
    // Between two commas a value is anything that binds stronger than a comma; pipes need parentheses, but `|` is taken by jq.
    if (reader.take(':')) values.push(value(reader));
    else if (key !== undefined) values.push(key);
    if (!reader.take(',') && reader.peek().text !== '}') throw new SyntaxError('object');
  }
  return node(reader, pos, { kind: 'object', values });
}

function value(reader: Reader): Jq {
  const pos = reader.start();
  const left = level(reader, 1);
  return reader.take('|')
    ? node(reader, pos, { kind: 'binary', op: '|', left, right: value(reader) })
    : left;
}

/** A string; `\(…)` in it is a program of its own. */
function quotedText(reader: Reader): Jq {
  const pos = reader.start();
  const parts: Jq[] = [];
  const plain = reader.string(() => {
    parts.push(pipe(reader));
    reader.expect(')');
  });
  return parts.length === 0
    ? node(reader, pos, { kind: 'literal', value: plain })
    : node(reader, pos, { kind: 'text', parts });
}
