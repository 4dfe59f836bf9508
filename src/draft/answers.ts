import type { Answers, Trigger } from '../answers/schema.ts';
import { defaults } from '../interview/defaults.ts';
import { operationOf, type Draft as SoFar } from '../interview/answers-so-far.ts';
import type { Category, Profile } from '../profile/schema.ts';
import { categoryIn, type Guess } from './category.ts';
import { evidenceIn } from './evidence.ts';
import type { Link } from './links.ts';
import type { Material } from './material.ts';
import { shortened } from './shortened.ts';
import type { Started } from './start.ts';
import { jsonOf, type ReadTrigger } from './trigger.ts';

/** The answers that a document gives or that are guessed from it, and each guess. */
export function answersOf(
  material: Material,
  start: Started,
  links: readonly Link[],
  profile: Profile,
): { readonly answers: Answers; readonly guesses: readonly Guess[] } {
  const sent = 'own' in start ? start.own : start.trigger;
  const endpoint = 'own' in start ? undefined : start.located.endpoint;
  const because = 'own' in start ? undefined : start.because;
  const base: SoFar = { name: material.name, trigger: sent };
  const domain = endpoint?.shape.domain ?? defaults.domain?.(base, profile) ?? '';
  const canCancel = operationOf({ ...base, domain }, profile) !== undefined;
  const evidence = evidenceIn(material, links, start.command, profile);
  const category = categoryIn(material, evidence, canCancel);
  const isError = category.value === 'error';
  const data = 'own' in start || isError ? undefined : start.data;
  const trigger = isError && 'located' in start ? exact(start) : sent;
  const requires = modesIn(material, domain, profile);
  let soFar: SoFar = { ...base, domain, category: category.value };
  const calibration =
    suited(data?.calibration, category.value, profile) ??
    (isError ? undefined : defaults.calibration?.(soFar, profile));
  soFar = { ...soFar, ...(calibration === undefined ? {} : { calibration }) };
  const flow = flowOf(soFar, start, profile);
  const outcome = firstOutcome(material, { ...soFar, flow }, category.value, profile);
  return {
    answers: {
      name: material.name.slice(0, 120),
      domain,
      category: category.value,
      trigger,
      flow,
      outcome,
      ...(material.purpose === undefined ? {} : { purpose: material.purpose.slice(0, 500) }),
      ...(calibration === undefined ? {} : { calibration }),
      ...(requires && { requires }),
      ...(material.milestone === undefined ? {} : { milestone: material.milestone }),
      ...(material.ref === undefined ? {} : { ref: material.ref }),
    },
    guesses: [
      {
        field: 'trigger',
        line: start.line,
        value: shortened(start.command.text),
        reason:
          because ??
          (endpoint
            ? `it goes to ${endpoint.name}`
            : 'the first that the profile does not contradict'),
        confidence: endpoint && because === undefined ? 'high' : 'low',
      },
      {
        field: 'domain',
        value: domain,
        reason: endpoint ? `that of ${endpoint.name}` : 'by the name',
        confidence: endpoint ? 'high' : 'low',
      },
      category,
      {
        field: 'calibration',
        value: asGuessed(calibration),
        reason:
          data?.calibration === undefined ? 'what the profile proposes' : 'what the request sends',
        confidence: data?.calibration === undefined ? 'low' : 'high',
      },
    ],
  };
}

/** Data as a guess names them. */
export function asGuessed(calibration: Answers['calibration']): string {
  return typeof calibration === 'string' ? calibration : JSON.stringify(calibration ?? null);
}

/** Of rows with the same data, the one that is named for the category. */
function suited(
  calibration: Answers['calibration'],
  category: Category,
  { calibrations }: Profile,
): Answers['calibration'] {
  const row = typeof calibration === 'string' ? calibrations[calibration] : undefined;
  const isSame = (other: typeof row): boolean =>
    other?.endpoint === row?.endpoint &&
    JSON.stringify(other?.parameters) === JSON.stringify(row?.parameters);
  const named =
    row &&
    Object.entries(calibrations).find(
      ([name, other]) => name.endsWith(`/${category}`) && isSame(other),
    );
  return named?.[0] ?? calibration;
}

/** The trigger with the body just as it was: what is refused is refused for what it holds. */
function exact({ trigger, command }: Extract<Started, ReadTrigger>): Trigger {
  const { body: _body, omit: _omit, ...rest } = trigger;
  const payload = command.kind === 'request' ? jsonOf(command.request) : undefined;
  return payload === undefined ? rest : { ...rest, payload };
}

/** The mode that the name or the prerequisites ask for, by its name or by the setting that its cure speaks of. */
function modesIn(
  { name, prerequisites = '' }: Material,
  domain: string,
  { modes }: Profile,
): Answers['requires'] {
  const values = Object.entries(modes[domain]?.values ?? {}).filter(
    ([value, { down }]) => value !== modes[domain]?.default && !down?.length,
  );
  const found = values.find(
    ([value, { cure }]) =>
      new RegExp(`\\b${value}\\b`, 'i').test(name) ||
      (cure.match(/\w+=\w+/g) ?? []).some((setting) => prerequisites.includes(setting)),
  );
  return found && { [domain]: found[0] };
}

function flowOf(soFar: SoFar, start: Started, profile: Profile): Answers['flow'] {
  const service = 'own' in start ? undefined : start.located.service;
  const usual = defaults.flow?.(soFar, profile) ?? [];
  if (service === undefined || usual.includes(service)) return [...usual];
  return [service];
}

function firstOutcome(
  { expectations }: Material,
  soFar: SoFar,
  category: Category,
  profile: Profile,
): Answers['outcome'] {
  if (category === 'error') {
    const refused = expectations
      .map(({ text }) => /\b(4\d\d|5\d\d)\b(?!\s*(?:ms|bars|s\b))/.exec(text)?.[1])
      .find(Boolean);
    if (refused !== undefined) return [{ response: { status: Number(refused) } }];
  }
  return defaults.outcome?.(soFar, profile) ?? [{ response: { status: 200 } }];
}
