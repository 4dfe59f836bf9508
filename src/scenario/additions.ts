import { nearest } from '../nearest.ts';
import type { Outcome } from '../answers/schema.ts';
import type { Context } from './context.ts';
import { extraStepShape } from './extra-step-shape.ts';
import { isExtraStep } from './extra-steps.ts';
import { isPoint, type Act } from './acts.ts';
import type { Step } from './model.ts';
import type { Wanted } from './observations.ts';
import { bindOutcomes } from './outcomes.ts';
import { append, freshId } from './steps.ts';
import { step } from './playbooks/parts.ts';
import type { Addition, Scenario } from './scenario.ts';

/** Criteria that a person added to the scenario file, each bound to a check or marked manual. */
export function withAdditions(context: Context, steps: readonly Step[]): readonly Step[] {
  let result = steps;
  for (const [index, addition] of (context.scenario.additions ?? []).entries()) {
    if (!isExtraStep(addition))
      result = withAddition(context, result, addition, `additions.${index}`);
  }
  return result;
}

/** The keys of a criterion that are no kind of outcome. */
const ownKeys: ReadonlySet<string> = new Set(['id', 'text', 'means', 'script', 'manual']);

function withAddition(
  context: Context,
  steps: readonly Step[],
  addition: Addition,
  path: string,
): readonly Step[] {
  const { id, text, means, script, manual } = addition;
  const keys = Object.entries(addition).filter(([, value]) => value !== undefined);
  for (const [key] of keys.filter(([one]) => one in extraStepShape))
    context.problems.push({
      path: `${path}.${key}`,
      message: `${key} belongs to a step, and ${id} is none`,
      expected: 'request, poll or hold beside it; or no such key',
    });
  if (freshId(steps, id) !== id) {
    context.problems.push({
      path: `${path}.id`,
      message: `the id ${id} is taken already`,
      expected: 'an id of its own',
    });
    return steps;
  }
  if (script !== undefined) {
    const act = {
      kind: 'script',
      id,
      text: text ?? `the script ${script} exits with 0`,
      file: script,
      ...(means === undefined ? {} : { means }),
    } as const;
    return append(
      steps,
      'Run the scripts of this scenario',
      step('Run the scripts of this scenario', 'person', 'each exits with 0', [act]),
    );
  }
  const given = keys.filter(([key]) => !(key in extraStepShape) && !ownKeys.has(key));
  if (manual) {
    return bindOutcomes(context, steps, [{ path, outcome: { manual: text ?? id }, id }]);
  }
  if (given.length !== 1) {
    context.problems.push({
      path,
      message: `the criterion ${id} is bound to ${given.length === 0 ? 'no check' : 'more than one check'}`,
      expected:
        'exactly one of response, state, log, file, cli, ui, anyOf, script; manual: true; or a step: request, poll, hold',
    });
    return steps;
  }
  const wanted: Wanted = {
    path,
    outcome: Object.fromEntries(given) as Outcome,
    id,
    ...(text === undefined ? {} : { text }),
    ...(means === undefined ? {} : { means }),
  };
  return bindOutcomes(context, steps, [wanted]);
}

/** Explicit changes of points by id. */
export function withOverrides(context: Context, steps: readonly Step[]): readonly Step[] {
  const overrides = context.scenario.overrides ?? {};
  const ids = steps.flatMap(({ acts }) => acts.filter(isPoint).map(({ id }) => id));
  for (const id of Object.keys(overrides).filter((one) => !ids.includes(one))) {
    const close = nearest(id, ids);
    context.problems.push({
      path: `overrides.${id}`,
      message: `there is no point ${JSON.stringify(id)} in this scenario`,
      expected: ids.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
  }
  return steps.map((one) => ({ ...one, acts: one.acts.map((act) => overridden(act, overrides)) }));
}

function overridden(act: Act, overrides: NonNullable<Scenario['overrides']>): Act {
  const change = isPoint(act) ? overrides[act.id] : undefined;
  // Only keys that the schema allows stand in an override, and each exists on the acts it is meant for.
  return change ? ({ ...act, ...defined(change) } as Act) : act;
}

function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
