import type { ExtraStep } from './extra-step-shape.ts';

type Expected = NonNullable<ExtraStep['expect']>[number];
type Captured = NonNullable<ExtraStep['captures']>[number];

/**
 * The rounds of a step that is repeated, as steps of their own: reply `<id>-<round>`, captures `<name>_<round>`. What must hold of
 * all rounds together becomes comparisons of each round with those before it.
 */
export function roundsOf(one: ExtraStep): readonly ExtraStep[] {
  const { repeat, ...single } = one;
  if (!repeat) return [one];
  return Array.from({ length: repeat.times }, (_, index) => roundOf(single, repeat, index + 1));
}

function roundOf(
  one: ExtraStep,
  repeat: NonNullable<ExtraStep['repeat']>,
  round: number,
): ExtraStep {
  const own = new Set((one.captures ?? []).map(({ name }) => name));
  const renamed = <T>(value: T): T => withRound(value, own, round) as T;
  const watched = aggregatesOf(one, repeat, round);
  const captures = (one.captures ?? []).map((capture) => ({
    ...capture,
    name: `${capture.name}_${round}`,
  }));
  const expect: readonly Expected[] = [
    ...(one.expect ?? []).map(({ id, ...rest }) => ({
      ...rest,
      ...(id === undefined ? {} : { id: `${id}-${round}` }),
    })),
    ...watched.expect,
  ];
  return {
    ...one,
    id: `${one.id}-${round}`,
    watched: watched.captures,
    ...(captures.length === 0 ? {} : { captures: [...captures] }),
    ...(expect.length === 0 ? {} : { expect: [...expect] }),
    ...(one.cleanup ? { cleanup: renamed(one.cleanup) } : {}),
    ...(one.restore ? { restore: renamed(one.restore) } : {}),
  };
}

/** What is captured in a round for the later ones, and how it compares with the earlier ones. */
function aggregatesOf(
  { id }: ExtraStep,
  { times, same = [], differs = [], near = [] }: NonNullable<ExtraStep['repeat']>,
  round: number,
): { readonly captures: readonly Captured[]; readonly expect: readonly Expected[] } {
  const name = (kind: string, index: number, at: number): string =>
    `${id.replaceAll('-', '_')}_${kind}${index + 1}_${at}`;
  const rounds = Array.from({ length: round - 1 }, (_, index) => index + 1);
  const all = [
    ...same.map((path, index) => ({ path, kind: 'same', index })),
    ...differs.map((path, index) => ({ path, kind: 'other', index })),
    ...near.map(({ path }, index) => ({ path, kind: 'near', index })),
  ];
  const captures = all
    .filter(({ kind }) => (kind === 'same' ? round === 1 : round < times))
    .map(({ path, kind, index }) => ({ name: name(kind, index, round), path }));
  // What is missing in the first round would differ from everything.
  const there = round === 1 ? all.map(({ path }) => path) : [];
  const expect: readonly Expected[] = [
    ...[...new Set(there)].map((path) => ({
      path,
      exists: true,
      text: `round 1 tells ${path}`,
    })),
    ...same.flatMap((path, index) =>
      round === 1
        ? []
        : [
            {
              path,
              sameAs: name('same', index, 1),
              text: `round ${round}: ${path} is that of the first`,
            },
          ],
    ),
    ...differs.flatMap((path, index) =>
      rounds.map((at) => ({
        path,
        differsFrom: name('other', index, at),
        text: `round ${round}: ${path} is not that of round ${at}`,
      })),
    ),
    ...near.flatMap(({ path, within, percent }, index) =>
      rounds.map((at) => ({
        path,
        near: {
          capture: name('near', index, at),
          ...(within === undefined ? { percent } : { within }),
        },
        text: `round ${round}: ${path} is within ${within ?? percent}${within === undefined ? ' %' : ''} of that of round ${at}`,
      })),
    ),
  ];
  return { captures, expect };
}

/** Texts in which `{name}` of an own capture stands for that of the round. */
function withRound(value: unknown, own: ReadonlySet<string>, round: number): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (whole, name: string) =>
      own.has(name) ? `{${name}_${round}}` : whole,
    );
  if (Array.isArray(value)) return value.map((one: unknown) => withRound(one, own, round));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, withRound(one, own, round)]),
    );
  return value;
}
