import type { Profile } from '../profile/schema.ts';
import { that } from './condition.ts';
import type { Context } from './context.ts';
import { isPoint, type Act, type CheckAct, type LogAct } from './acts.ts';
import type { Resolved, Step } from './model.ts';
import { append, freshId } from './steps.ts';
import { step } from './playbooks/parts.ts';

type KnownDefect = Profile['knownDefects'][number];

/**
 * The steps with the known defects of the system bound to their points: such a point is red without stopping the script. What a
 * defect excuses is a wrong value, never a missing one; the lines that it writes into a log get a point of their own.
 */
export function withKnownDefects(context: Context, steps: readonly Step[]): readonly Step[] {
  let result = steps;
  for (const defect of defectsOf(context)) {
    for (const id of defect.points) result = withBound(result, id, defect);
    if (defect.log) result = withLines(context, result, defect, defect.log);
  }
  return result;
}

/** The known defects that can show in a scenario, by its version, domain, category, endpoint and modes. */
export function defectsOf(context: Context): readonly KnownDefect[] {
  const { answers } = context.scenario;
  const version = context.version ?? context.profile.versions.default;
  const used = new Set([context.endpoint?.name, context.starter?.name]);
  return context.profile.knownDefects.filter(
    ({ versions, domains, categories, endpoints, modes }) =>
      (versions ?? [version]).includes(version) &&
      (domains ?? [answers.domain]).includes(answers.domain) &&
      (categories ?? [answers.category]).includes(answers.category) &&
      (endpoints === undefined || endpoints.some((one) => used.has(one))) &&
      Object.entries(modes ?? {}).every(([kind, value]) => context.modes[kind] === value),
  );
}

/** Those known defects that some point of these steps is bound to. */
export function boundDefects(context: Context, steps: readonly Step[]): Resolved['knownDefects'] {
  const bound = new Set(steps.flatMap(({ acts }) => acts.flatMap(defectOf)));
  return context.profile.knownDefects
    .filter(({ id }) => bound.has(id))
    .map(({ id, title }) => ({ id, title }));
}

function defectOf(act: Act): readonly string[] {
  return isPoint(act) && act.defect !== undefined ? [act.defect] : [];
}

function withBound(steps: readonly Step[], id: string, defect: KnownDefect): readonly Step[] {
  return steps.map((one) => ({
    ...one,
    acts: one.acts.flatMap((act): readonly Act[] =>
      isPoint(act) && act.id === id
        ? [...presence(act, steps), { ...act, defect: defect.id }]
        : [act],
    ),
  }));
}

/** Before a check that is excused, one that is not: the reply does tell the value. */
function presence(act: Act, steps: readonly Step[]): readonly CheckAct[] {
  if (!isCheck(act)) return [];
  const fields = fieldsOf(act);
  // A defect of the status itself may have any body.
  if (fields.includes('status')) return [];
  const asked = new Set(
    steps
      .flatMap(({ acts }) => acts)
      .filter((one) => isCheck(one) && one.reply === act.reply && one.id !== act.id)
      .flatMap(fieldsOf),
  );
  return fields
    .filter((field) => field.startsWith('.') && !asked.has(field))
    .map((field, index) => ({
      kind: 'check',
      id: freshId(steps, `${act.id}-told${index === 0 ? '' : `-${index + 1}`}`),
      text: `the reply tells ${field}`,
      reply: act.reply,
      condition: that(field, 'exists', true),
      ...(act.at === undefined ? {} : { at: act.at }),
    }));
}

function isCheck(act: Act): act is CheckAct {
  return act.kind === 'check' || act.kind === 'guard';
}

function fieldsOf(act: Act): readonly string[] {
  return isCheck(act) ? [...new Set(act.condition.flat().map(({ field }) => field))] : [];
}

function withLines(
  context: Context,
  steps: readonly Step[],
  defect: KnownDefect,
  { service, matches }: NonNullable<KnownDefect['log']>,
): readonly Step[] {
  const flow = context.scenario.answers.flow;
  const read = new Set(flow.map((one) => context.profile.components[one]?.service ?? one));
  if (!read.has(service)) return steps;
  const act: LogAct = {
    kind: 'log',
    id: `no-${defect.id}`,
    text: `the log of ${service} has no line of the known defect ${defect.id}`,
    service,
    // Its lines need not carry an id of the run, so the whole window is looked at.
    look: { name: 'clean', ids: [], errors: matches, noise: [] },
    at: service,
    defect: defect.id,
  };
  return append(
    steps,
    'Read the logs',
    step('Read the logs', service, 'what should be there is there, and no error', [act]),
  );
}
