import { nearest } from '../../nearest.ts';
import { implies, impliesOne, type Compared } from './condition.ts';
import type { Point } from './points.ts';

/** A check that lets more pass than it did. */
export interface Weakening {
  /** Id of the point. */
  readonly check: string;
  readonly code: 'removed-check' | 'wider-bound' | 'longer-timeout' | 'changed-check';
  readonly message: string;
  /** Line in the script as it is now; absent when the point is gone. */
  readonly line?: number;
}

/** What became weaker between two states of a scenario's script. */
export function weakenings(
  before: ReadonlyMap<string, Point>,
  now: ReadonlyMap<string, Point>,
): readonly Weakening[] {
  return [...before.values()].flatMap((old) => {
    const point = now.get(old.id);
    if (point !== undefined) return weakened(old, point);
    const added = [...now.keys()].filter((id) => !before.has(id));
    const close = nearest(old.id, added);
    return [
      {
        check: old.id,
        code: 'removed-check' as const,
        message: `the check ${old.id} is gone${close === undefined ? '' : `; ${close} is new: if it is the same, say so in the reason`}`,
      },
    ];
  });
}

/** For which numbers more lets more pass, and for which less does. */
const looserWhenMore: readonly string[] = ['never-over', 'restart'];
const looserWhenLess: readonly string[] = ['for', 'min-bytes', 'distinct', 'ends-at'];

function weakened(old: Point, point: Point): readonly Weakening[] {
  const at = { check: old.id, line: point.line };
  const found: Weakening[] = [];
  const add = (code: Weakening['code'], message: string): void => {
    found.push({ ...at, code, message });
  };
  const bound = (name: string): readonly [number | undefined, number | undefined] => [
    old.numbers.get(name),
    point.numbers.get(name),
  ];
  const [waited = Number.POSITIVE_INFINITY, waits = 0] = bound('within');
  if (waits > waited)
    add('longer-timeout', `${old.id} waits up to ${waits} s, and did ${waited} s`);
  for (const name of looserWhenMore) {
    const [was, is] = bound(name);
    if (is !== undefined && (was === undefined ? name === 'restart' : is > was))
      add('wider-bound', `${old.id}: ${name} is ${is}, and was ${was ?? 'not there'}`);
  }
  for (const name of looserWhenLess) {
    const [was, is] = bound(name);
    if (was !== undefined && is !== undefined && is < was)
      add('wider-bound', `${old.id}: ${name} is ${is}, and was ${was}`);
  }
  for (const noise of point.noise.filter((one) => !old.noise.includes(one)))
    add('wider-bound', `${old.id} lets pass: ${noise.replace('noise=', '')}`);
  if (old.verb !== 'guard' && point.verb === 'guard')
    add('wider-bound', `${old.id} was a check, and is a guard: it can no longer be red`);
  const changed = changedCondition(old, point);
  if (changed !== undefined) add(changed.code, changed.message);
  else if (old.condition === undefined && old.rest !== point.rest)
    add('changed-check', `${old.id} looks for something else: ${point.rest}`);
  return found;
}

function changedCondition(
  old: Point,
  { id, condition: now }: Point,
): Pick<Weakening, 'code' | 'message'> | undefined {
  const { condition: before } = old;
  if (before === undefined || now === undefined || implies(now, before)) return undefined;
  const asked = now.flat();
  const lost = before.flat().find((one) => !asked.some((other) => impliesOne(other, one)));
  const same = asked.find((one) => one.field === lost?.field);
  if (lost !== undefined && same === undefined)
    return { code: 'wider-bound', message: `${id} no longer asks for ${shown(lost)}` };
  if (implies(before, now))
    return {
      code: 'wider-bound',
      message:
        lost === undefined || same === undefined
          ? `${id} has one more way to hold`
          : `${id} asks for ${shown(same)}, and did for ${shown(lost)}`,
    };
  return {
    code: 'changed-check',
    message: `${id} asks for something else${same === undefined ? '' : `: ${shown(same)}`}, and whether that is weaker cannot be told`,
  };
}

function shown({ field, by, value }: Compared): string {
  return `${field} ${by} ${value}`;
}
