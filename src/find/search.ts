import { distance } from 'fastest-levenshtein';
import MiniSearch from 'minisearch';
import type { KnownRow } from './exercise.ts';
import { likeness, type Comparable } from './likeness.ts';
import { formsOf, isFiller, wordsOf } from './words.ts';

/** What is looked for; each part is optional, and at least one is there. */
export interface Query {
  readonly words: string;
  /** By the profile's name, else `GET /path`. */
  readonly endpoints: readonly string[];
  readonly services: readonly string[];
  /** A scenario that is wanted: those that exercise the same come first. */
  readonly wanted?: Comparable;
}

/** A scenario that was found. */
export interface Match {
  readonly id: string;
  /** 0 to 1, comparable within one answer only. */
  readonly score: number;
  /** What it has of what was asked for. */
  readonly overlap: readonly string[];
  /** What was asked for, and it does not exercise. */
  readonly missing: readonly string[];
}

/** One thing that is asked for, and whether a scenario has it; `weight` against 1 for all words together. */
interface Ask {
  readonly text: string;
  readonly weight: number;
  readonly held: (known: KnownRow, found: ReadonlySet<string>) => boolean;
}

/** The scenarios that have something of what is asked for, the best first. */
export function search(query: Query, scenarios: readonly KnownRow[]): readonly Match[] {
  const hits = hitsOf(query.words, scenarios);
  const best = Math.max(0, ...[...hits.values()].map(({ score }) => score));
  const asks = asksOf(query, scenarios);
  const whole =
    (query.words === '' ? 0 : 1) +
    asks.reduce((sum, { weight }) => sum + weight, 0) +
    (query.wanted ? 4 : 0);
  return scenarios
    .map((known): Match => {
      const hit = hits.get(known.row.id);
      const found = new Set(hit?.terms);
      const like = query.wanted && likeness(query.wanted, known);
      const held = asks.filter((ask) => ask.held(known, found));
      const score =
        (hit ? hit.score / best : 0) +
        held.reduce((sum, { weight }) => sum + weight, 0) +
        // Two scenarios of the default setup without anything in common come to 0.15 or 0.3.
        (like ? 4 * Math.max(0, (like.score - 0.3) / 0.7) : 0);
      return {
        id: known.row.id,
        score: Math.round((score / whole) * 1000) / 1000,
        overlap: [...held.map(({ text }) => text), ...(score > 0 && like ? like.overlap : [])],
        missing: [
          ...asks.filter((ask) => !held.includes(ask)).map(({ text }) => text),
          ...(like?.missing ?? []),
        ],
      };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Which words of the query a scenario holds, and how much that says. */
interface Hit {
  readonly score: number;
  /** Stems of the query's words. */
  readonly terms: readonly string[];
}

/** What is looked through, by how much it says of a scenario. */
const boosts = { title: 4, main: 2, rest: 1 };

function textsOf({ row, exercise }: KnownRow): object {
  return {
    id: row.id,
    title: `${row.name} ${row.id} ${row.ref ?? ''}`,
    main: `${row.category} ${exercise.trigger} ${exercise.outcomes.join(' ')}`,
    rest: [
      exercise.purpose,
      row.milestone,
      exercise.request,
      exercise.calibration,
      ...exercise.components,
      ...exercise.endpoints,
    ].join(' '),
  };
}

/** So many letters may be wrong: none in short words, where every slip makes another word, nor in what is no word any more. */
function slips(term: string): number {
  if (term.startsWith('=') || term.length < 5 || term.length > 40 || /\d/.test(term)) return 0;
  return term.length < 8 ? 1 : 2;
}

function isBeginning(term: string): boolean {
  return term.length >= 3;
}

function finds(asked: string, form: string): boolean {
  return (
    asked === form ||
    (isBeginning(asked) && form.startsWith(asked)) ||
    (slips(asked) > 0 && distance(asked, form) <= slips(asked))
  );
}

/** A library that ranks by how rare a word is (BM25), finds beginnings of words, and forgives a slip in longer ones. */
function hitsOf(words: string, scenarios: readonly KnownRow[]): ReadonlyMap<string, Hit> {
  if (words === '') return new Map();
  const asked = wordsOf(words).flatMap(formsOf);
  // Only what a word of the query can find is kept, decided once a word: that halves the time that a thousand scenarios take.
  const forms = new Map<string, string[]>();
  const index = new MiniSearch({
    fields: Object.keys(boosts),
    tokenize: wordsOf,
    processTerm: (word) => {
      const known =
        forms.get(word) ?? formsOf(word).filter((form) => asked.some((one) => finds(one, form)));
      forms.set(word, known);
      return known;
    },
    searchOptions: {
      boost: boosts,
      prefix: isBeginning,
      fuzzy: slips,
      // A synonym is one term where the word itself is two: its stem, and as it is.
      boostTerm: (term) => (term.startsWith('=') ? 2 : 1),
    },
  });
  index.addAll(scenarios.map(textsOf));
  return new Map(
    index
      .search(words)
      .map(({ id, score, queryTerms }) => [String(id), { score, terms: queryTerms }]),
  );
}

function asksOf(query: Query, scenarios: readonly KnownRow[]): readonly Ask[] {
  const components = new Set(scenarios.flatMap(({ exercise }) => exercise.components));
  const endpoints = new Set(scenarios.flatMap(({ exercise }) => exercise.endpoints));
  const words = query.words.split(/\s+/).flatMap((word): readonly Ask[] => {
    if (endpoints.has(word)) return [endpointAsk(word, 0)];
    if (components.has(word)) return [componentAsk(word, 0)];
    return wordsOf(word)
      .filter((one) => !isFiller(one))
      .map(wordAsk);
  });
  return [
    ...query.endpoints.map((name) => endpointAsk(name, 2)),
    ...query.services.map((name) => componentAsk(name, 2)),
    ...words.filter(({ text }, at) => words.findIndex((other) => other.text === text) === at),
  ];
}

function endpointAsk(name: string, weight: number): Ask {
  return {
    text: `endpoint ${name}`,
    weight,
    held: ({ exercise }) => exercise.trigger === name || exercise.endpoints.includes(name),
  };
}

function componentAsk(name: string, weight: number): Ask {
  return {
    text: `component ${name}`,
    weight,
    held: ({ exercise }) => exercise.components.includes(name),
  };
}

/** How much words say is for the index to tell: here it is only told which are there. */
function wordAsk(word: string): Ask {
  return {
    text: `"${word}"`,
    weight: 0,
    held: (_known, found) => formsOf(word).some((form) => found.has(form)),
  };
}
