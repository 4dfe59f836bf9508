import type { Answers, Outcome } from '../answers/schema.ts';
import { operationOf } from '../interview/answers-so-far.ts';
import type { Operation, Profile } from '../profile/schema.ts';
import type { Addition } from '../scenario/scenario.ts';
import type { Read } from '../shell/command.ts';
import { fileCheck, logCheck, saysNothing } from './looking.ts';
import type { Link } from './links.ts';
import type { Material } from './material.ts';
import { roleOf, sentenceCheck, type Reply } from './sentences.ts';
import { shortened } from './shortened.ts';
import { stepFor } from './step.ts';
import type { Finding } from './trigger.ts';

/** What became of a command or of a sentence: an outcome, a step, nothing of its own where it is covered; else a person looks. */
export interface Check {
  readonly line: number;
  readonly text: string;
  readonly outcome?: Outcome;
  readonly addition?: Addition;
  /** Another check, or the playbook, sees to it. */
  readonly covered?: true;
  /** What sees to it, where that is a check of the playbook. */
  readonly by?: string;
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

/** The checks of all commands but the one that starts it, and of all sentences. */
export function checksOf(
  { commands, expectations }: Pick<Material, 'commands' | 'expectations'>,
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
      : sentenceCheck(one, replies, { ...around, commands, isOfAll }, operation),
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
