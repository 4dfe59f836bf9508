import { refuse, type Address, type Place } from './addressed.ts';
import { allOf, capturesIn, inWords, that } from './condition.ts';
import type { Context } from './context.ts';
import { extraBody, holdsCapture } from './extra-body.ts';
import { operationAt, refusesStatus } from './extra-operations.ts';
import type { Expectations, ExtraStep } from './extra-step-shape.ts';
import type { Act, Condition } from './acts.ts';

/** What a step that a person added sends: one request, or a poll or hold, which is a point too. */
export function sendingActs(
  context: Context,
  addition: ExtraStep,
  address: Address,
  place: Place,
): readonly Act[] {
  const { id, request, poll, hold, text, means } = addition;
  const { target, endpoint } = address;
  if (request) {
    const body = extraBody(context, request, address, place);
    return [
      {
        kind: 'request',
        reply: id,
        ...target,
        ...(body === undefined ? {} : { body }),
        ...(holdsCapture(body, place.captures) ? { fill: true } : {}),
        ...(refusesStatus(addition) ? { underTest: true } : {}),
      },
    ];
  }
  const operation = operationAt(context, endpoint?.name);
  const base = { reply: id, id, ...target, ...(means === undefined ? {} : { means }) };
  const progress = operation ? { progress: operation.progress.path } : {};
  const every = operation?.every ?? 1;
  if (poll) {
    const until = conditionOf(poll.until);
    const ends = poll.ends
      ? conditionOf(poll.ends)
      : operation
        ? that(operation.state.path, 'in', operation.terminal)
        : until;
    knownCaptures(context, [until, ends], { ...place, path: `${place.path}.until` });
    return [
      {
        ...base,
        kind: 'poll',
        text: text ?? `${inWords(until)} within ${poll.within} s`,
        every: poll.every ?? every,
        within: poll.within,
        ...progress,
        until,
        ends,
      },
    ];
  }
  if (!hold) return [];
  const condition = conditionOf(hold.while);
  knownCaptures(context, [condition], { ...place, path: `${place.path}.while` });
  return [
    {
      ...base,
      kind: 'hold',
      text: text ?? `${inWords(condition)}, for ${hold.for} s`,
      every: hold.every ?? every,
      for: hold.for,
      ...progress,
      while: condition,
    },
  ];
}

/** The condition that one or several expectations make. */
export function conditionOf(expectations: Expectations): Condition {
  return allOf(Array.isArray(expectations) ? expectations : [expectations]);
}

/** Notes captures that a condition names and that nothing takes before it. */
export function knownCaptures(
  context: Context,
  conditions: readonly Condition[],
  place: Place,
): void {
  for (const name of new Set(conditions.flatMap(capturesIn)))
    if (!place.captures.includes(name))
      refuse(
        context,
        place.path,
        `nothing is captured as ${name} before this`,
        name,
        place.captures,
      );
}
