import type { Alternative, Outcome } from '../answers/schema.ts';
import { nearest } from '../nearest.ts';
import { allOf, inWords } from './condition.ts';
import type { Context } from './context.ts';
import { knownCaptures } from './extra-sending.ts';
import type { AnyAct, AnyPart, CheckAct, Condition } from './acts.ts';
import type { Step } from './model.ts';
import { atOf, cliCondition, responseCondition, type Wanted } from './observations.ts';
import { gives, replyNames, replyOf, type ReplyKind } from './replies.ts';
import { capturedIn, freshId } from './steps.ts';

/** An outcome of which one alternative must hold. */
export type AnyOf = Extract<Outcome, { anyOf: unknown }>;

/** The alternatives of an outcome, each as a list of what must hold together. */
export function alternativesOf({ anyOf }: AnyOf): readonly (readonly Alternative[])[] {
  return anyOf.map((one) => (Array.isArray(one) ? one : [one]));
}

/**
 * The steps with one point for an outcome with alternatives, after the last reply that it speaks of; as they are, where they hold
 * that point already. Alternatives of one reply are one check, others an `any`.
 */
export function bindAnyOf(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted & { readonly outcome: AnyOf },
): readonly Step[] {
  const noted = context.problems.length;
  const alternatives = alternativesOf(wanted.outcome).map((parts, index) =>
    joined(parts.flatMap((one, nth) => partOf(context, steps, wanted, one, index, nth))),
  );
  if (context.problems.length > noted) return steps;
  const point = pointOf(wanted, alternatives);
  if (wanted.id === undefined && isThere(steps, point)) return steps;
  const full = { ...point, id: freshId(steps, point.id) };
  const replies = alternatives.flat().flatMap((part) => ('reply' in part ? [part.reply] : []));
  const last = steps.findLastIndex(({ acts }) =>
    acts.some((act) => replies.some((reply) => gives(act, reply))),
  );
  return steps.map((one, index) =>
    index === (last < 0 ? steps.length - 1 : last) ? { ...one, acts: [...one.acts, full] } : one,
  );
}

function pointOf(wanted: Wanted, alternatives: AnyAct['alternatives']): AnyAct | CheckAct {
  const base = {
    id: wanted.id ?? 'any-of',
    text: wanted.text ?? alternatives.map(inWordsOf).join('; or else '),
    ...(wanted.means === undefined ? {} : { means: wanted.means }),
    ...atOf(wanted),
  };
  const [first] = alternatives[0] ?? [];
  const plain = alternatives.flatMap(([part, ...more]) =>
    part && 'reply' in part && more.length === 0 && first && 'reply' in first
      ? part.reply === first.reply
        ? part.condition
        : []
      : [],
  );
  return plain.length === alternatives.length && first && 'reply' in first
    ? { kind: 'check', ...base, reply: first.reply, condition: plain }
    : { kind: 'any', ...base, alternatives };
}

/** Parts on the same reply become one, so that a status named by one lets the body of an error be believed by the other. */
function joined(parts: readonly AnyPart[]): readonly AnyPart[] {
  const result: AnyPart[] = [];
  for (const part of parts) {
    const at = result.findIndex(
      (one) => 'reply' in one && 'reply' in part && one.reply === part.reply,
    );
    const earlier = result[at];
    if (earlier && 'reply' in earlier && 'reply' in part)
      result[at] = {
        reply: part.reply,
        condition: [[...(earlier.condition[0] ?? []), ...(part.condition[0] ?? [])]],
      };
    else result.push(part);
  }
  return result;
}

function partOf(
  context: Context,
  steps: readonly Step[],
  wanted: Wanted,
  one: Alternative,
  index: number,
  nth: number,
): readonly AnyPart[] {
  const list = Array.isArray((wanted.outcome as AnyOf).anyOf[index]);
  const path = `${wanted.path}.anyOf.${index}${list ? `.${nth}` : ''}`;
  if ('log' in one) return logPart(context, one.log, path);
  const [kind, condition, own] =
    'response' in one
      ? (['request', responseCondition(one.response), one.response] as const)
      : 'state' in one
        ? (['look', allOf([one.state]), one.state] as const)
        : (['cli', cliCondition(one.cli), one.cli] as const);
  if (condition.every((terms) => terms.every(({ comparisons }) => comparisons.length === 0))) {
    context.problems.push({
      path,
      message: 'names a field but not what must hold of it',
      expected: 'a comparator such as equals: completed, exists: true or gte: 1',
    });
    return [];
  }
  return replyPart(context, steps, { of: one.of ?? own.of, kind, condition, path });
}

function replyPart(
  context: Context,
  steps: readonly Step[],
  part: { of: string | undefined; kind: ReplyKind; condition: Condition; path: string },
): readonly AnyPart[] {
  const { of, kind, condition, path } = part;
  const reply = replyOf(steps, of, kind);
  if (reply !== undefined) {
    knownCaptures(context, [condition], { path, captures: capturedIn(steps) });
    return [{ reply, condition }];
  }
  const names = replyNames(steps);
  const close = of === undefined ? undefined : nearest(of, names);
  context.problems.push({
    path,
    message:
      of === undefined
        ? 'nothing in this scenario gives what this alternative looks at'
        : `there is no reply named ${JSON.stringify(of)} in this scenario`,
    expected: names.length === 0 ? 'another kind of outcome' : `of: one of ${names.join(', ')}`,
    ...(close === undefined ? {} : { nearest: close }),
  });
  return [];
}

function logPart(
  context: Context,
  log: Extract<Alternative, { log: unknown }>['log'],
  path: string,
): readonly AnyPart[] {
  const withLog = Object.entries(context.profile.services).flatMap(([name, one]) =>
    one.log ? [name] : [],
  );
  const close = nearest(log.service, withLog);
  if (!withLog.includes(log.service)) {
    context.problems.push({
      path: `${path}.log.service`,
      message: `the profile knows no log of ${JSON.stringify(log.service)}`,
      expected: withLog.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
    return [];
  }
  if (log.absent !== undefined) {
    context.problems.push({
      path: `${path}.log.absent`,
      message: 'what is not in a log is no alternative: it would hold of any run that did nothing',
      expected: 'present or matches; an outcome of its own for absent',
    });
    return [];
  }
  const look =
    log.present === undefined
      ? ({ name: 'matches', text: log.matches ?? '' } as const)
      : ({ name: 'present', text: log.present } as const);
  return [{ service: log.service, look }];
}

function inWordsOf(parts: readonly AnyPart[]): string {
  return parts
    .map((part) =>
      'reply' in part
        ? inWords(part.condition)
        : `the log of ${part.service} ${part.look.name === 'present' ? 'holds' : 'has a line that matches'} ${JSON.stringify(part.look.text)}`,
    )
    .join(' and ');
}

/** Whether a playbook has put this very point there. */
function isThere(steps: readonly Step[], point: AnyAct | CheckAct): boolean {
  const essence = (act: AnyAct | CheckAct): string =>
    JSON.stringify(act.kind === 'any' ? act.alternatives : [act.reply, act.condition]);
  return steps.some(({ acts }) =>
    acts.some(
      (act) =>
        (act.kind === 'any' || act.kind === 'check') &&
        act.kind === point.kind &&
        essence(act) === essence(point),
    ),
  );
}
