import { checkParameters, estimate } from '../profile/estimate.ts';
import { fits } from '../profile/fits.ts';
import type { CalibrationModel } from '../profile/schema.ts';
import type { Draft } from './answers-so-far.ts';
import type { Ask } from './ask.ts';
import { calibrationRows, customModel, liveEstimate } from './data.ts';
import { inTurn } from './in-turn.ts';
import { problemInWords, problemWith } from './problem.ts';
import type { Session } from './session.ts';

type Parameters = { readonly [name: string]: string | number };

/** Whether there is data to choose for this trigger. */
export function asksForData(draft: Draft, { profile }: Session): boolean {
  return calibrationRows(draft, profile).length > 0;
}

/** The data: the row that fits best first, the others with what speaks against them, or parameters of one's own. */
export async function askData(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const { accept: _old, ...rest } = draft;
  const rows = calibrationRows(draft, session.profile);
  const chosen = await ask.choose<string | undefined>({
    label: 'Data',
    choices: [
      ...rows.map(({ name, row, size, why }) => ({
        value: name,
        name: `${row.title} · ${size}`,
        detail: why,
        short: `${row.title} · ${size}`,
      })),
      ...(customModel(draft, session.profile)
        ? [{ value: undefined, name: 'custom…', short: 'custom' }]
        : []),
    ],
    selected: rows.findIndex(({ name }) => name === draft.calibration),
  });
  const calibration = chosen ?? (await askParameters(ask, draft, session));
  const taken = await withReason(ask, { ...rest, calibration }, session);
  return taken ?? askData(ask, draft, session);
}

/** The data in words, for the list of answers. */
export function dataInWords({ calibration }: Draft): string {
  if (calibration === undefined) return 'none';
  if (typeof calibration === 'string') return calibration;
  return Object.entries(calibration)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** The parameters of the profile's model, one after the other, each with what all of them together give. */
async function askParameters(ask: Ask, draft: Draft, session: Session): Promise<Parameters> {
  const custom = customModel(draft, session.profile);
  if (!custom) throw new Error('the profile cannot size data for this trigger');
  const { model, from } = custom;
  const before = typeof draft.calibration === 'object' ? draft.calibration : from.parameters;
  return inTurn<string | number>(Object.keys(model.parameters), async (name, given) => {
    const present = { ...before, ...given };
    return askParameter(ask, name, model, present, (value) =>
      liveEstimate(model, { ...present, [name]: value }, draft, session.profile),
    );
  });
}

async function askParameter(
  ask: Ask,
  name: string,
  model: CalibrationModel,
  present: Parameters,
  estimated: (value: string | number) => string,
): Promise<string | number> {
  const { title = name, kind, choices = [] } = model.parameters[name] ?? {};
  const proposal = present[name];
  if (kind === 'choice') {
    return ask.choose({
      label: title,
      choices: choices.map((value) => ({
        value,
        name: `${value} · ${estimated(value)}`,
        short: value,
      })),
      selected: choices.indexOf(String(proposal)),
    });
  }
  const valueOf = (typed: string): string | number => (kind === 'number' ? Number(typed) : typed);
  const problemOf = (typed: string): string | undefined => {
    const problem = checkParameters(model, { ...present, [name]: valueOf(typed) }).find(
      ({ path }) => path === name,
    );
    return problem && problemInWords(problem);
  };
  const typed = await ask.type({
    label: title,
    prefill: String(proposal ?? ''),
    hint: (text) => (problemOf(text) === undefined ? estimated(valueOf(text)) : ''),
    check: problemOf,
  });
  return valueOf(typed);
}

/** Data too small for the category is taken only with a reason; undefined when other data shall be chosen. */
async function withReason(ask: Ask, draft: Draft, session: Session): Promise<Draft | undefined> {
  const warning = tooSmall(draft, session);
  if (warning === undefined) return draft;
  ask.say(`  ${warning}`);
  const reason = await ask.type({
    label: 'Reason',
    hint: 'why it will do all the same; Enter to choose other data',
    nothing: 'other data',
    check: (typed) =>
      typed === '' ? undefined : problemWith('accept', { calibration: typed }, session),
  });
  if (reason === '') return undefined;
  return { ...draft, accept: { calibration: reason } };
}

function tooSmall(draft: Draft, { profile }: Session): string | undefined {
  const { calibration, category = 'smoke' } = draft;
  if (calibration === undefined) return undefined;
  const endpoint = draft.trigger?.kind === 'api' ? draft.trigger.endpoint : undefined;
  const custom = customModel(draft, profile);
  const row = typeof calibration === 'string' ? profile.calibrations[calibration] : undefined;
  const own =
    typeof calibration === 'object' && custom ? estimate(custom.model, calibration) : undefined;
  const seconds = row?.seconds ?? own?.seconds;
  if (!seconds) return undefined;
  const fit = fits(category, seconds, profile, row?.endpoint ?? endpoint);
  return fit.ok ? undefined : fit.message;
}
