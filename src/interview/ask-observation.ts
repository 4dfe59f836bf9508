import type { Outcome } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import { operationOf, type Draft } from './answers-so-far.ts';
import type { Ask, Choice } from './ask.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';
import { comparisonIn } from './typed.ts';

type Kind = 'state' | 'field' | 'status' | 'log' | 'file' | 'exit' | 'prints' | 'shows' | 'manual';

/** Asks for one thing that can be observed. */
export async function askObservation(ask: Ask, draft: Draft, session: Session): Promise<Outcome> {
  const kind = await ask.choose({ label: 'Seen in', choices: kinds(draft, session.profile) });
  switch (kind) {
    case 'state':
      return askField(ask, session, (path, compared) => ({ state: { path, ...compared } }));
    case 'field':
      return askField(ask, session, (path, compared) => ({ response: { path, ...compared } }));
    case 'status':
      return askTyped(ask, session, 'Status', 'such as 200', (typed) => ({
        response: { status: Number(typed) },
      }));
    case 'log':
      return askLog(ask, session);
    case 'file':
      return askFile(ask, session);
    case 'exit':
      return askTyped(ask, session, 'Exit', 'such as 0', (typed) => ({
        cli: { exitCode: Number(typed) },
      }));
    case 'prints':
      return askTyped(ask, session, 'Prints', 'text that it prints', (stdout) => ({
        cli: { stdout },
      }));
    case 'shows':
      return askTyped(ask, session, 'Shows', 'text that the page shows in the end', (text) => ({
        ui: { text },
      }));
    case 'manual':
      return askTyped(ask, session, 'Seen', 'what a person must see', (manual) => ({ manual }));
  }
}

function kinds(draft: Draft, profile: Profile): readonly Choice<Kind>[] {
  const isCli = draft.trigger?.kind === 'cli';
  const isPage = draft.trigger?.kind === 'ui';
  const hasLog = Object.values(profile.services).some(({ log }) => log !== undefined);
  return [
    ...(operationOf(draft, profile)
      ? [{ value: 'state' as const, name: "a field of the operation's state" }]
      : []),
    ...(isCli
      ? [
          { value: 'exit' as const, name: "the command's exit code" },
          { value: 'prints' as const, name: 'what the command prints' },
        ]
      : isPage
        ? [{ value: 'shows' as const, name: 'a text that the page shows' }]
        : [
            { value: 'field' as const, name: 'a field of the reply' },
            { value: 'status' as const, name: "the reply's status" },
          ]),
    ...(hasLog ? [{ value: 'log' as const, name: 'a log' }] : []),
    { value: 'file', name: 'a file' },
    { value: 'manual', name: 'nothing that a machine can see: a person looks' },
  ];
}

async function askTyped(
  ask: Ask,
  session: Session,
  label: string,
  hint: string,
  outcomeOf: (typed: string) => Outcome,
): Promise<Outcome> {
  const typed = await ask.type({
    label,
    hint,
    check: (text) =>
      text === '' ? `is empty: ${hint}` : problemWith('outcome', [outcomeOf(text)], session),
  });
  return outcomeOf(typed);
}

async function askField(
  ask: Ask,
  session: Session,
  outcomeOf: (path: string, compared: ReturnType<typeof comparisonIn>) => Outcome,
): Promise<Outcome> {
  const path = await ask.type({
    label: 'Field',
    hint: 'such as .data.status or .items[0]["odd key"]',
    check: (typed) => problemWith('outcome', [outcomeOf(typed, { exists: true })], session),
  });
  return askTyped(
    ask,
    session,
    'Must be',
    'such as completed · cancelled or failed · >= 1 · ~ ^op_ · exists',
    (typed) => outcomeOf(path, comparisonIn(typed)),
  );
}

async function askLog(ask: Ask, session: Session): Promise<Outcome> {
  const { services } = session.profile;
  const names = Object.keys(services).filter((name) => services[name]?.log !== undefined);
  const [only = '', ...more] = names;
  const service =
    more.length === 0
      ? only
      : await ask.choose({
          label: 'Log of',
          choices: names.map((value) => ({ value, name: value })),
        });
  const looks = [...knownLines(service, session.profile), ...ownLines];
  const look = await ask.choose({ label: 'Log', choices: looks });
  if (typeof look !== 'string') return { log: { service, ...look } };
  return askTyped(
    ask,
    session,
    'Text',
    look === 'matches' ? 'an extended regular expression' : 'as it stands in the line',
    (typed) => ({ log: { service, [look]: typed } }),
  );
}

type Look = 'present' | 'absent' | 'matches' | { readonly [look: string]: string };

const ownLines: readonly Choice<Look>[] = [
  { value: 'present', name: 'it holds a text…', short: 'it holds' },
  { value: 'absent', name: 'it does not hold a text…', short: 'it does not hold' },
  { value: 'matches', name: 'a line matches an expression…', short: 'a line matches' },
];

/** What the profile knows of this log: lines of success should be there, those of errors not. */
function knownLines(service: string, profile: Profile): readonly Choice<Look>[] {
  return profile.logPatterns.flatMap((one): readonly Choice<Look>[] => {
    if (one.service !== service || one.present === undefined) return [];
    const look = one.kind === 'success' ? 'present' : 'absent';
    const said = look === 'present' ? 'it holds' : 'it does not hold';
    return [{ value: { [look]: one.present }, name: `${said} "${one.present}"`, detail: one.when }];
  });
}

async function askFile(ask: Ask, session: Session): Promise<Outcome> {
  const path = await ask.type({
    label: 'File',
    hint: 'such as models/latest.json; {id} stands for the id',
    check: (typed) => problemWith('outcome', [{ file: { path: typed } }], session),
  });
  const look = await ask.choose<'exists' | 'newer' | 'size'>({
    label: 'Must',
    choices: [
      { value: 'newer', name: 'be written by this run' },
      { value: 'exists', name: 'be there' },
      { value: 'size', name: 'have a size…' },
    ],
  });
  if (look === 'newer') return { file: { path, newer: true } };
  if (look === 'exists') return { file: { path, exists: true } };
  return askTyped(ask, session, 'Bytes', 'at least so many, such as 1', (typed) => ({
    file: { path, minBytes: Number(typed) },
  }));
}
