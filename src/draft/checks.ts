import type { Answers, Outcome } from '../answers/schema.ts';
import { operationOf } from '../interview/answers-so-far.ts';
import type { Operation, Profile } from '../profile/schema.ts';
import type { Addition } from '../scenario/scenario.ts';
import type { Read } from '../shell/command.ts';
import { saidBy, type Comparison, type Said } from './expected.ts';
import { fileCheck, logCheck, saysNothing } from './looking.ts';
import type { Link } from './links.ts';
import { shortened } from './shortened.ts';
import { stepFor } from './step.ts';
import { jsonOf, type Finding } from './trigger.ts';

/** What became of a command or of a sentence: an outcome, a step, nothing of its own where it is covered; else a person looks. */
export interface Check {
  readonly line: number;
  readonly text: string;
  readonly outcome?: Outcome;
  readonly addition?: Addition;
  /** Another check, or the playbook, sees to it. */
  readonly covered?: true;
  /** A program of its own, as written: a person judges it, or allows that it is run. */
  readonly script?: string;
  readonly findings: readonly Finding[];
}

/** What the draft is so far. */
export interface Surroundings {
  readonly start: Read;
  readonly answers: Answers;
  readonly links: readonly Link[];
  readonly profile: Profile;
}

interface Said0 {
  readonly commands: readonly Read[];
  readonly expectations: readonly { readonly line: number; readonly text: string }[];
}

/** What a reply is for the draft. */
type Role = 'start' | 'final' | 'step';

interface Reply {
  readonly link: Link;
  readonly role: Role;
  /** Points of a step, beside those that its commands look at. */
  readonly expect: Record<string, unknown>[];
}

/** The checks of all commands but the one that starts it, and of all sentences. */
export function checksOf(
  { commands, expectations }: Said0,
  around: Surroundings,
): readonly Check[] {
  const { start, answers, links, profile } = around;
  const operation = operationOf(answers, profile);
  const first = links.find(({ command }) => command === start);
  const held = idsOf(first, links);
  const ids = new Set(held.flatMap(({ into }) => into ?? []));
  const replies = links.map((link): Reply => ({
    link,
    role: roleOf(link, first, operation),
    expect: [],
  }));
  const last = links.at(-1)?.command.line ?? 0;
  // Sentences that all stand behind the commands speak of the whole: a status is that of what starts it.
  const isOfAll = links.length > 1 && expectations.every(({ line }) => line > last);
  const sentences = expectations.map((one) =>
    saysNothing(one, commands)
      ? { ...one, text: shortened(one.text), covered: true as const, findings: [] }
      : sentenceCheck(one, replies, { ...around, isOfAll }, operation),
  );
  const looking = new Set(links.flatMap((link) => link.looking));
  const acts = commands.flatMap((command): readonly Check[] => {
    const text = shortened(command.text);
    const at = { line: command.line, text, findings: [] };
    const reply = replies.find(({ link }) => link.command === command);
    if (command === start) return [{ ...at, covered: true, findings: wrongIds(held, operation) }];
    if (reply)
      return reply.role === 'step'
        ? [{ ...at, ...stepFor(reply.link, reply.expect, ids, profile) }]
        : [{ ...at, covered: true }];
    if (looking.has(command)) return [{ ...at, covered: true }];
    switch (command.kind) {
      case 'log':
        return [
          {
            ...at,
            ...logCheck(
              command,
              [...commands.filter(({ kind }) => kind === 'note'), ...expectations],
              ids,
              profile,
            ),
          },
        ];
      case 'file':
        return [{ ...at, ...fileCheck(command) }];
      case 'database':
        return Object.keys(profile.databases).length > 0 && !command.query.includes('${')
          ? [{ ...at, outcome: { database: { query: command.query.replace(/;\s*$/, '') } } }]
          : [at];
      case 'script':
        return [{ ...at, script: withHeld(command.text, ids) }];
      case 'own':
      case 'look':
        return [at];
      default:
        return [];
    }
  });
  return [...acts, ...sentences].toSorted((a, b) => a.line - b.line);
}

/** The program with the id of what was started under the names that it has in the document. */
function withHeld(text: string, ids: ReadonlySet<string>): string {
  const held = [...ids].filter((name) => new RegExp(`\\$\\{?${name}\\b`).test(text));
  return [...held.map((name) => `${name}=\${id-}`), text].join('\n');
}

/** What the commands take from the first reply as the id of what was started: by its name, or because a later request asks for it. */
function idsOf(first: Link | undefined, links: readonly Link[]): readonly Link['looks'][number][] {
  const asked = links.flatMap(({ located }) => Object.values(located.params)).join(' ');
  return (first?.looks ?? []).filter(
    ({ path, into }) => into !== undefined && (/id\b/i.test(path) || asked.includes(`\${${into}}`)),
  );
}

/** Ids that do not stand where the profile has them. */
function wrongIds(
  held: readonly Link['looks'][number][],
  operation: Operation | undefined,
): readonly Finding[] {
  return held
    .filter(({ path }) => operation && path !== operation.id.path)
    .map(({ path, line }) => ({
      line,
      message: `the id of what was started does not stand at ${path}`,
      ...(operation && { nearest: operation.id.path }),
    }));
}

function roleOf(link: Link, first: Link | undefined, operation: Operation | undefined): Role {
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

function sentenceCheck(
  { line, text }: { readonly line: number; readonly text: string },
  replies: readonly Reply[],
  { answers, start, isOfAll }: Surroundings & { readonly isOfAll: boolean },
  operation: Operation | undefined,
): Check {
  const at = { line, text: shortened(text), findings: [] };
  const said = saidBy(text);
  if (!said) return at;
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
