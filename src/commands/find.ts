import { checkAnswers } from '../answers/check.ts';
import { readAnswers } from '../answers/gather.ts';
import { Told } from '../errors.ts';
import { endpointAt, exerciseOf } from '../find/exercise.ts';
import type { Comparable } from '../find/likeness.ts';
import { search, type Match, type Query } from '../find/search.ts';
import { allKnown, brokenAmong } from '../io/library.ts';
import type { IndexRow } from '../files/index-page.ts';
import { inColumns } from '../files/columns.ts';
import { nearest } from '../nearest.ts';
import type { Profile } from '../profile/schema.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft } from '../scenario/scenario.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario find`. */
export interface FindOptions extends Common {
  readonly words: readonly string[];
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
  /** Answers in a file; what they would make is what is looked for. */
  readonly from?: string;
  /** So many matches at most. */
  readonly limit: number;
}

/** Ranks the scenarios that are there by what they exercise. That nothing is found is an answer too, and no error. */
export async function findCommand(options: FindOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const wanted = await wantedBy(options, profile, io);
  const query = queryOf(options, profile, wanted);
  const known = allKnown(project, profile);
  const rows = known.map(({ row }) => row);
  const matches = search(query, known).slice(0, options.limit);
  if (options.json) {
    writeJson(io, { matches });
    return 0;
  }
  for (const { id, message } of brokenAmong(project, profile, rows))
    io.stderr.write(`left out: ${id}: ${message}\n`);
  io.stdout.write(`${told(matches, rows).join('\n')}\n`);
  return 0;
}

async function wantedBy(
  options: FindOptions,
  profile: Profile,
  io: Io,
): Promise<Comparable | undefined> {
  const { from, here } = options;
  if (from === undefined) return undefined;
  const input = await readAnswers({ from, set: [] }, { cwd: here, stdin: io.stdin });
  const { answers, problems } = checkAnswers(input.value, profile);
  if (!answers) throw input.refusal(problems);
  const scenario = draft(answers, profile.name);
  const { resolved, problems: unresolved } = resolve(scenario, profile);
  if (!resolved) throw input.refusal(unresolved);
  // These answers may have been used already: then their own scenario is found too, and first.
  return { row: { ...resolved, id: '' }, exercise: exerciseOf(scenario, resolved, profile) };
}

function queryOf(options: FindOptions, profile: Profile, wanted: Comparable | undefined): Query {
  const said = options.words.join(' ').trim();
  // An address among the words is meant as one: its parts stand in every other address too.
  const addresses = said.match(address) ?? [];
  const words = said.replaceAll(address, ' ').replaceAll(/\s+/g, ' ').trim();
  const endpoints = [...options.endpoints, ...addresses];
  const { services } = options;
  if (words === '' && endpoints.length + services.length === 0 && !wanted)
    throw new Told('nothing is asked for', {
      code: 'usage',
      cure: 'name words, or use --endpoint, --service or --from, such as: scenario find "cancel"',
    });
  return {
    words,
    endpoints: endpoints.map((name) => knownEndpoint(name, profile)),
    services: services.map((name) =>
      knownName(name, '--service', [
        ...Object.keys(profile.services),
        ...Object.keys(profile.components),
      ]),
    ),
    ...(wanted ? { wanted } : {}),
  };
}

const address = /\b(?:GET|POST|PUT|PATCH|DELETE)\s+\/\S*/gi;

/** A name of the profile, or `GET /path`. */
function knownEndpoint(given: string, profile: Profile): string {
  const [, method, path] = /^([A-Za-z]+)\s+(\/\S*)$/.exec(given) ?? [];
  if (method !== undefined && path !== undefined)
    return endpointAt(profile, method.toUpperCase(), path);
  return knownName(given, '--endpoint', Object.keys(profile.endpoints));
}

function knownName(given: string, flag: string, known: readonly string[]): string {
  if (known.includes(given)) return given;
  const close = nearest(given, known);
  throw new Told(`the profile knows no ${flag.slice(2)} ${JSON.stringify(given)}`, {
    code: 'unknown-name',
    where: flag,
    cure: close === undefined ? `one of ${known.join(', ')}` : `did you mean ${close}?`,
    issues: [
      {
        path: flag.slice(2),
        message: `unknown: ${given}`,
        ...(close === undefined ? {} : { nearest: close }),
      },
    ],
  });
}

/** A table that fits 100 columns, and what to do next. */
function told(matches: readonly Match[], rows: readonly IndexRow[]): readonly string[] {
  const [best] = matches;
  if (!best)
    return [
      rows.length === 0
        ? 'no scenarios yet: make one with `scenario new`'
        : 'nothing like it; all there is: `scenario list`, a new one: `scenario new`',
    ];
  const lines = matches.map(({ id, score, overlap, missing }) => [
    score.toFixed(2),
    id,
    overlap.join(', '),
    missing.join(', ') || '–',
  ]);
  return [
    ...inColumns([['score', 'scenario', 'has', 'lacks'], ...lines], 100),
    '',
    `look at it: scenario show ${best.id}`,
    `run it:     scenario run ${best.id}`,
  ];
}
