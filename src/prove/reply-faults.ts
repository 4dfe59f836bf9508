import type { Comparison, Json } from '../scenario/comparators.ts';
import type { CaptureAct, CheckAct, Term } from '../scenario/acts.ts';
import { fieldOf, type Captures } from './conditions.ts';
import type { Memory } from './fault.ts';
import { isList, valueAt, withValue } from './json-path.ts';
import { jsonOf, withJson, type Reply } from './reply.ts';
import { exampleOf, leaks, otherType, planted, wrongValues } from './wrong-values.ts';

/** A change of one reply that a point might have to notice. */
export interface ReplyChange {
  readonly name: string;
  readonly what: string;
  readonly change: (reply: Reply, memory: Memory) => Reply;
}

/** A change that gives a field a value that it should not have. */
export interface WrongField extends ReplyChange {
  readonly field: string;
  /** The value that it would have had in the run without faults. */
  readonly value: Json;
}

/** What is known when changes are thought out. */
export interface Sight {
  /** The reply as it was in the run without faults. */
  readonly reply: Reply;
  readonly captures: Captures;
  /** Other values that the scenario knows for a field. */
  readonly knownFor: (field: string) => readonly Json[];
  /** Values of a field with which a wait of the scenario ends. */
  readonly endsFor: (field: string) => readonly Json[];
  /** The reply is a service's health check. */
  readonly isHealth: boolean;
}

/** Changes that could break a check or guard on a reply. */
export function changesFor({ condition }: CheckAct, sight: Sight): readonly ReplyChange[] {
  return condition.flatMap((terms) =>
    terms.flatMap((term, index) => changesOfTerm(term, index === 0, sight)),
  );
}

/** Changes that could break a capture. */
export function changesForCapture(act: CaptureAct, { reply }: Sight): readonly ReplyChange[] {
  const { field } = act;
  return [
    ...fieldChanges(field, fieldOf(reply, field), true),
    setField('wrong-value', field, planted),
    setField('wrong-value', field, ''),
  ];
}

/**
 * A fault for a check that notices no other first: what is captured from a reply stands before its status and takes nothing from a
 * refusal, so only another success gets as far as that check.
 */
export const spare = 'wrong-success';

/** Another status over the body as it was. */
export function statusChanges({ reply, isHealth }: Sight): readonly ReplyChange[] {
  const { status } = reply;
  if (isHealth) return [withStatus('unhealthy-after', 503)];
  return status >= 200 && status < 300
    ? [
        withStatus('status-500-good-body', 500),
        redirect,
        withStatus(spare, status === 200 ? 201 : 200),
      ]
    : [withStatus('error-accepted', 200), withStatus('wrong-status', status === 500 ? 400 : 500)];
}

/** The service has moved: what stands in the body is no answer. */
const redirect: ReplyChange = {
  name: 'redirect',
  what: 'status 302, to elsewhere',
  change: (reply) => ({ ...reply, status: 302, headers: { ...reply.headers, location: '/' } }),
};

/** A reply that was cut off: the status is good, and so is all that is there. */
export const truncated: ReplyChange = {
  name: 'truncated-json',
  what: 'half of the body',
  change: (reply) => ({ ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) }),
};

/** A reply that isn't JSON although everything else is as it should be. */
export const notJson: ReplyChange = {
  name: 'not-json',
  what: 'an HTML page in the place of the body',
  change: (reply) => ({ ...reply, text: '<html><body>It works!</body></html>' }),
};

/** Sets a field of a JSON body. */
export function setField(name: string, field: string, value: Json): ReplyChange {
  return {
    name,
    what: `${field} is ${shown(value)}`,
    change: (reply) => withField(reply, field, value),
  };
}

/** A value as a person reads it: of a long list or object only how much it holds. */
function shown(value: Json): string {
  const text = JSON.stringify(value);
  if (text.length <= 80) return text;
  return isList(value) ? `another list of ${value.length}` : `${text.slice(0, 79)}…`;
}

/** Changes of a field to values that could break one comparison, thought out anew from the reply and captures of each run. */
export function wrongFields(
  field: string,
  comparison: Comparison,
  { reply: seen, captures: before, knownFor }: Sight,
): readonly WrongField[] {
  const known = knownFor(field);
  return wrongValues(comparison, fieldOf(seen, field), before, known).map((value, index) => ({
    field,
    value,
    ...setField('wrong-value', field, value),
    change: (reply, { captures }) =>
      withField(
        reply,
        field,
        wrongValues(comparison, fieldOf(reply, field), captures, known)[index] ?? value,
      ),
  }));
}

/** A field that is missing, null, or of another type. */
export function fieldChanges(
  field: string,
  value: Json | undefined,
  all: boolean,
): readonly ReplyChange[] {
  const other = otherType(value);
  return [
    {
      name: 'field-missing',
      what: `${field} is missing`,
      change: (reply) => withField(reply, field, undefined),
    },
    ...(all ? [{ ...setField('field-null', field, null), what: `${field} is null` }] : []),
    ...(all && other !== undefined ? [setField('wrong-type', field, other)] : []),
  ];
}

function changesOfTerm(
  { field, comparisons }: Term,
  first: boolean,
  sight: Sight,
): readonly ReplyChange[] {
  if (field === 'status') return statusChanges(sight);
  if (field === 'seconds') return comparisons.flatMap(slower);
  if (field === 'body') return comparisons.flatMap((one) => bodyChanges(one));
  const current = fieldOf(sight.reply, field);
  const wrong = comparisons.flatMap((one) =>
    wrongFields(field, one, sight).map((change) =>
      sight.endsFor(field).includes(change.value)
        ? { ...change, name: 'finishes-instantly' }
        : change,
    ),
  );
  const leaked = comparisons.some(({ name }) => name === 'lacks')
    ? leaks.map(({ name, text }) => setField(name, field, text))
    : [];
  return [
    ...fieldChanges(field, current, first),
    ...wrong,
    ...leaked,
    ...emptied(field, sight.reply),
    ...(first && !field.startsWith('header:') && field !== 'elapsed' ? [truncated] : []),
  ];
}

/** The object or list around the field is empty: a success with nothing in it. */
function emptied(field: string, reply: Reply): readonly ReplyChange[] {
  const parent = /^(.+)(?:\.[A-Za-z_][A-Za-z0-9_]*|\[[^[\]]+\])$/.exec(field)?.[1];
  const around = parent === undefined ? undefined : valueAt(jsonOf(reply), parent);
  if (parent === undefined || typeof around !== 'object' || around === null) return [];
  return [{ ...setField('empty-result', parent, isList(around) ? [] : {}) }];
}

function bodyChanges({ name, value }: Comparison): readonly ReplyChange[] {
  if (name !== 'lacks') return [{ ...notJson, name: 'wrong-value', what: 'another body' }];
  const example = exampleOf(String(value));
  const texts =
    example === undefined ? leaks : [...leaks, { name: 'forbidden-text', text: example }];
  return texts.map((leak) => ({
    name: leak.name,
    what: `the body holds ${JSON.stringify(leak.text.split('\n')[0])}`,
    change: (reply) => withText(reply, leak.text),
  }));
}

/** Beside what is there, so that no other check has a reason to turn red. */
function withText(reply: Reply, text: string): Reply {
  const body = jsonOf(reply);
  return typeof body === 'object' && body !== null && !isList(body)
    ? withJson(reply, { ...body, planted: text })
    : { ...reply, text: `${reply.text}\n${text}` };
}

function slower({ name, value }: Comparison): readonly ReplyChange[] {
  // Longer than half a minute nobody waits for a proof.
  if ((name !== 'lt' && name !== 'lte') || typeof value !== 'number' || value > 30) return [];
  return [
    {
      name: 'slow-reply',
      what: `it answers after ${value + 0.5} s`,
      change: (reply) => ({ ...reply, seconds: value + 0.5 }),
    },
  ];
}

function withStatus(name: string, status: number): ReplyChange {
  return { name, what: `status ${status}`, change: (reply) => ({ ...reply, status }) };
}

/** The reply with another value of a field; undefined takes it away. */
export function withField(reply: Reply, field: string, value: Json | undefined): Reply {
  if (field.startsWith('header:')) {
    const { [field.slice('header:'.length).toLowerCase()]: _gone, ...headers } = reply.headers;
    return {
      ...reply,
      headers:
        typeof value === 'string'
          ? { ...headers, [field.slice('header:'.length).toLowerCase()]: value }
          : headers,
    };
  }
  const body = jsonOf(reply);
  return body === undefined ? reply : withJson(reply, withValue(body, field, value));
}
