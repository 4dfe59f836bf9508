import { refuse, type Place } from './addressed.ts';
import type { SeriesAct, SeriesCheck } from './acts.ts';
import type { Context } from './context.ts';
import { seriesRules, type ExtraStep } from './extra-step-shape.ts';

type Series = NonNullable<ExtraStep['series']>[number];

/** A point for each judgement on all looks of the step's poll or hold; a request has one look only, and none. */
export function seriesActs(
  context: Context,
  { id: reply, series = [], poll, hold, at }: ExtraStep,
  taken: Set<string>,
  { path }: Place,
): readonly SeriesAct[] {
  if (series.length > 0 && !poll && !hold)
    context.problems.push({
      path: `${path}.series`,
      message: 'judges many looks, and this step looks once',
      expected: 'poll or hold beside it; or expect',
    });
  return series.map((one, index) => {
    const check = checkOf(one);
    const id = one.id ?? `${reply}-${check.name}${index === 0 ? '' : `-${index + 1}`}`;
    if (taken.has(id))
      refuse(context, `${path}.series.${index}.id`, `the id ${id} is taken already`, id, []);
    taken.add(id);
    const component = one.at ?? at;
    return {
      kind: 'series',
      id,
      text: one.text ?? `${one.path} ${inWords(check)}`,
      reply,
      path: one.path,
      check,
      ...(one.means === undefined ? {} : { means: one.means }),
      ...(component === undefined ? {} : { at: component }),
    };
  });
}

function checkOf(one: Series): SeriesCheck {
  if (one.distinct !== undefined) return { name: 'distinct', value: one.distinct };
  if (one.neverOver !== undefined) return { name: 'never-over', value: one.neverOver };
  if (one.endsAt !== undefined) return { name: 'ends-at', value: one.endsAt };
  if (one.between) return { name: 'strictly-between', low: one.between[0], high: one.between[1] };
  if (one.neverFalls !== undefined)
    return { name: 'never-falls', ...(one.neverFalls === true ? {} : one.neverFalls) };
  if (one.steady) return { name: 'steady' };
  if (one.phases) return { name: 'phases', values: one.phases };
  if (one.passesThrough !== undefined) return { name: 'passes-through', value: one.passesThrough };
  throw new Error(`a series has one of ${Object.keys(seriesRules).join(', ')}`);
}

function inWords(check: SeriesCheck): string {
  switch (check.name) {
    case 'distinct':
      return `takes at least ${check.value} different values`;
    case 'never-over':
      return `is never over ${check.value}`;
    case 'ends-at':
      return `ends at ${check.value}`;
    case 'strictly-between':
      return `is seen strictly between ${check.low} and ${check.high}`;
    case 'never-falls':
      return check.restart === undefined
        ? 'never falls'
        : `never falls, but for one restart from at most ${check.restart}`;
    case 'steady':
      return 'stays the same';
    case 'passes-through':
      return `is ${JSON.stringify(check.value)} on the way`;
    case 'phases':
      return `goes through ${check.values.map((one) => JSON.stringify(one)).join(', ')} in this order`;
  }
}
