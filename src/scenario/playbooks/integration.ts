import type { Operation } from '../../profile/schema.ts';
import { that } from '../condition.ts';
import { endpointNamed, targetOf, type Context, type Named } from '../context.ts';
import type { Act, LogAct, Target } from '../acts.ts';
import type { Step } from '../model.ts';
import { completionBound, lower, step, completes } from './parts.ts';
import { commandEnds } from './launching.ts';
import { startStep } from './start.ts';
import { smoke } from './smoke.ts';

/** Integration (contract, section 5): the same entity is seen at two or more points of the flow, by its id. */
export function integration(context: Context): readonly Step[] {
  const { operation } = context;
  if (!operation) return smoke(context);
  const what = lower(operation.title);
  const within = completionBound(context);
  return [
    startStep(context, operation),
    step(
      `Wait until the ${what} is completed`,
      operation.worker,
      `it completes within ${within} s`,
      [...completes(context, operation, 'final')],
    ),
    ...commandEnds(context, 'completed'),
    ...sightingSteps(context, operation),
  ];
}

/** One step a component of the flow, so that the first red point names the component where the entity was lost. */
function sightingSteps(context: Context, operation: Named<Operation>): readonly Step[] {
  const mode = operation.mode === undefined ? undefined : context.modes[operation.mode];
  const seen = operation.sightings.filter((one) => one.mode === undefined || one.mode === mode);
  if (seen.length < 2) {
    context.problems.push({
      path: 'category',
      message: `the profile knows fewer than two points at which a ${lower(operation.title)} can be seen`,
      expected: 'sightings of the operation in the profile, or another category',
    });
  }
  return seen
    .filter((sighting) => !isTakenAlready(context, sighting))
    .map((sighting) =>
      step(
        `See it at ${sighting.at}`,
        sighting.at,
        sighting.text,
        sightingActs(context, operation, sighting),
      ),
    );
}

/** Whether a step of the scenario's own has read that line and the id in it: a second look at the same line could never be the first to fail. */
function isTakenAlready({ scenario }: Context, { log }: Operation['sightings'][number]): boolean {
  return (scenario.additions ?? []).some(
    ({ line }) =>
      line !== undefined && line.present === log?.present && line.takes.name === log.takes?.capture,
  );
}

function sightingActs(
  context: Context,
  operation: Named<Operation>,
  sighting: Operation['sightings'][number],
): readonly Act[] {
  const id = `seen-${sighting.id}`;
  if (sighting.log) {
    return [
      {
        kind: 'log',
        id,
        text: sighting.text,
        service: sighting.log.service,
        look: lookOf(sighting.log),
        at: sighting.at,
        sighting: true,
      },
    ];
  }
  const endpoint = endpointNamed(context.profile, sighting.endpoint ?? operation.get);
  if (!endpoint || sighting.path === undefined)
    throw new Error(`the sighting ${sighting.id} names neither log nor path`);
  const reply = `at-${sighting.id}`;
  const as = sighting.as ?? 'id';
  return [
    { kind: 'request', reply, ...idIn(targetOf(endpoint, {}, sighting.query), as) },
    {
      kind: 'check',
      id,
      text: sighting.text,
      reply,
      condition: that(sighting.path, 'same-as', as),
      at: sighting.at,
      sighting: true,
    },
  ];
}

/** A line that must be there, and what it tells of the entity's id elsewhere. */
function lookOf({
  present,
  takes,
}: NonNullable<Operation['sightings'][number]['log']>): LogAct['look'] {
  return { name: 'present', text: present, ...(takes === undefined ? {} : { takes }) };
}

/** The address with another capture in the place of the operation's own id. */
function idIn(target: Target, capture: string): Target {
  return { ...target, path: target.path.replaceAll('{id}', `{${capture}}`) };
}
