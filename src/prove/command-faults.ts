import type { CheckAct } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Captures } from './conditions.ts';
import type { Fault, Plant } from './fault.ts';
import { firstOfEach, wrongDocuments } from './wrong-documents.ts';

/**
 * Faults of a command, or of a database, that a check on its end must notice: another exit code, no end at all, nothing said, something
 * else said. What a command printed counts for nothing when its exit isn't the right one, so only the first check on it is asked about that.
 */
export function commandFaults(
  point: CheckAct,
  scenario: Resolved,
  captures: Captures,
): readonly Fault[] {
  const checks = scenario.steps.flatMap(({ acts }) =>
    acts.filter(
      (one): one is CheckAct =>
        (one.kind === 'check' || one.kind === 'guard') && one.reply === point.reply,
    ),
  );
  const fault = (name: string, what: string, plant: Omit<CommandPlant, 'kind'>): Fault => ({
    name,
    what: `${what} (${point.reply})`,
    point: point.id,
    plant: { kind: 'command', ...plant },
  });
  const ends =
    checks[0] === point
      ? [
          fault('wrong-exit', 'the command exits with 97', { exit: 97 }),
          fault('never-ends', 'the command does not end', { stays: true }),
        ]
      : [];
  const silent = (['stdout', 'stderr'] as const).flatMap((stream) =>
    checks.find((one) => looksAt(one, stream)) === point
      ? [fault('says-nothing', `the command says nothing on ${stream}`, { silent: [stream] })]
      : [],
  );
  const first = checks.find((one) => looksAt(one, 'stdout')) === point;
  const wrong = first && isDocument(point) ? wrongDocuments(point.condition, captures) : [];
  const others = firstOfEach(wrong).map(({ name, what, body }) =>
    fault(name, what, { prints: JSON.stringify(body) }),
  );
  return [...ends, ...silent, ...others];
}

/** Whether all that is looked at is JSON on standard output. */
function isDocument({ condition }: CheckAct): boolean {
  return condition.flat().every(({ field }) => field.startsWith('.'));
}

type CommandPlant = Extract<Plant, { kind: 'command' }>;

/** A path is one into what the command printed. */
function looksAt({ condition }: CheckAct, stream: 'stdout' | 'stderr'): boolean {
  return condition.some((terms) =>
    terms.some(({ field }) => field === stream || (stream === 'stdout' && field.startsWith('.'))),
  );
}
