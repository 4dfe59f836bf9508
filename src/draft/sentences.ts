import type { Answers, Outcome } from '../answers/schema.ts';
import type { Operation, Profile } from '../profile/schema.ts';
import type { Read } from '../shell/command.ts';
import type { Check } from './checks.ts';
import { saidBy, type Comparison, type Said } from './expected.ts';
import type { Link } from './links.ts';
import { serviceOf } from './looking.ts';
import type { Sentence } from './material.ts';
import { playbookSays } from './playbook-says.ts';
import { shortened } from './shortened.ts';
import { jsonOf } from './trigger.ts';

/** What a reply is for the draft. */
type Role = 'start' | 'final' | 'step';

/** A reply, and what the draft makes of it. */
export interface Reply {
  readonly link: Link;
  readonly role: Role;
  /** Points of a step, beside those that its commands look at. */
  readonly expect: Record<string, unknown>[];
}

/** What a reply is: that of the start, that of what was started, or of a step of its own. */
export function roleOf(
  link: Link,
  first: Link | undefined,
  operation: Operation | undefined,
): Role {
  if (link === first) return 'start';
  const name = link.located.endpoint?.name;
  if (operation && name !== undefined && (name === operation.get || name === operation.cancel))
    return 'final';
  const isSame =
    first !== undefined &&
    first.located.endpoint?.name === name &&
    link.request.method === first.request.method &&
    link.request.path === first.request.path &&
    link.request.query === first.request.query &&
    JSON.stringify(jsonOf(link.request)) === JSON.stringify(jsonOf(first.request));
  return isSame ? 'start' : 'step';
}

/** What a sentence is judged by. */
export interface SentenceAround {
  readonly answers: Answers;
  readonly start: Read;
  readonly commands: readonly Read[];
  readonly isOfAll: boolean;
  readonly profile: Profile;
}

/** Whether a sentence stands behind the system's own command that sets it off, before any other. */
function isOfStart(line: number, { start, commands }: SentenceAround): boolean {
  const acts = commands.filter(({ kind }) => /^(?:own|request|poll|script)$/.test(kind));
  return (
    start.kind === 'own' &&
    (acts.length === 1 || acts.findLast((one) => one.line <= line) === start)
  );
}

/** A scenario's texts are plain: stars would be shown as stars. */
const bold = /\*\*(?=\S)(.+?)(?<=\S)\*\*/g;

/** What becomes of a sentence; one about the reply of a step becomes a point of that step. */
export function sentenceCheck(
  { line, text }: Sentence,
  replies: readonly Reply[],
  around: SentenceAround,
  operation: Operation | undefined,
): Check {
  const { answers, start, isOfAll, profile } = around;
  const at = { line, text: shortened(text.replaceAll(bold, '$1')), findings: [] };
  const by = playbookSays(text, answers, operation);
  if (by !== undefined) return { ...at, covered: true, by };
  const said = saidBy(text);
  if (!said) return at;
  if (said.kind === 'exit' || said.kind === 'output')
    return isOfStart(line, around)
      ? {
          ...at,
          outcome: { cli: said.kind === 'exit' ? { exitCode: said.code } : { stdout: said.text } },
        }
      : at;
  if (said.kind === 'log') {
    const service = serviceOf({ service: said.of.replaceAll(' ', '-') }, profile);
    return service === undefined
      ? at
      : { ...at, outcome: { log: { service, [said.isAbsent ? 'absent' : 'present']: said.text } } };
  }
  const before = replies.findLast(({ link }) => link.command.line <= line);
  if (said.kind === 'status') {
    if (!before || isOfAll || before.role === 'start')
      return start.kind === 'own' ? at : { ...at, outcome: { response: { status: said.status } } };
    if (before.role === 'final') return { ...at, covered: true };
    before.expect.push({ status: said.status });
    return { ...at, covered: true };
  }
  const found =
    said.kind === 'value' ? lookedAt(replies, line) : fieldIn(said.field, replies, line);
  if (!found)
    return said.kind === 'field' && isAccepted(said, before) ? { ...at, covered: true } : at;
  const { reply, path, isCount } = found;
  const must: Comparison | { size: Comparison } = isCount ? { size: said.must } : said.must;
  if (operation && path === operation.state.path)
    return stateCheck(at, said.must, answers, operation);
  if (operation && path === operation.progress.path) return { ...at, covered: true };
  if (reply.role === 'step') {
    reply.expect.push({ path, ...must });
    return { ...at, covered: true };
  }
  return {
    ...at,
    outcome: {
      [reply.role === 'final' ? 'state' : 'response']: { path, ...must },
    } as unknown as Outcome,
  };
}

/** The state of an operation is what the playbook follows; a state that it cannot have is told. */
function stateCheck(
  at: Check,
  must: Comparison,
  { category }: Answers,
  { state }: Operation,
): Check {
  const wanted = [must.equals, ...(must.in ?? [])].filter((one) => typeof one === 'string');
  const known = [
    ...state.waiting,
    ...state.running,
    ...state.completed,
    ...state.failed,
    ...state.cancelled,
  ];
  const unknown = wanted.find((one) => !known.includes(one));
  if (unknown !== undefined)
    return {
      ...at,
      findings: [
        {
          line: at.line,
          message: `${state.path} is never ${JSON.stringify(unknown)}; it is one of ${known.join(', ')}`,
        },
      ],
    };
  const passed = new Set([...state.waiting, ...state.running]);
  const ends =
    category === 'cancellation'
      ? [...state.cancelled, ...state.failed]
      : category === 'error'
        ? state.failed
        : state.completed;
  return wanted.length > 0 && wanted.every((one) => passed.has(one) || ends.includes(one))
    ? { ...at, covered: true }
    : at;
}

/** Whether the endpoint's own good reply says so already. */
function isAccepted(
  { field, must }: Extract<Said, { kind: 'field' }>,
  reply: Reply | undefined,
): boolean {
  const { expect = [] } = reply?.link.located.endpoint?.shape.accepted ?? {};
  return expect.some(
    ({ path, equals }) =>
      (path === field || path.endsWith(`.${field}`)) &&
      equals !== undefined &&
      equals === must.equals,
  );
}

/** What the command right before the line looks at, where it is one thing. */
function lookedAt(replies: readonly Reply[], line: number): FoundField | undefined {
  const looks = replies
    .flatMap((reply) => reply.link.looks.map((look) => ({ reply, look })))
    .filter(({ look }) => look.line <= line);
  const nearest = Math.max(...looks.map(({ look }) => look.line));
  const [only, ...more] = looks.filter(({ look }) => look.line === nearest);
  return only && more.length === 0
    ? { reply: only.reply, path: only.look.path, isCount: only.look.count === true }
    : undefined;
}

interface FoundField {
  readonly reply: Reply;
  readonly path: string;
  readonly isCount: boolean;
}

function fieldIn(field: string, replies: readonly Reply[], line: number): FoundField | undefined {
  const matching = replies.flatMap((reply) =>
    reply.link.looks
      .filter(({ label, path }) => label === field || path === field || path.endsWith(`.${field}`))
      .map((look) => ({ reply, path: look.path, isCount: look.count === true, line: look.line })),
  );
  return matching.findLast((one) => one.line <= line) ?? matching[0];
}
