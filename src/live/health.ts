import { holds } from '../prove/conditions.ts';
import type { Profile } from '../profile/schema.ts';
import { allOf, inWords } from '../scenario/condition.ts';
import { ask } from './ask.ts';
import type { Setting } from './settings.ts';

/** How a service is, by its health check in the profile. */
export interface Health {
  readonly ok: boolean;
  /** What is wrong, such as `GET /health answers with HTTP 404`. */
  readonly symptom?: string;
}

/** Real seconds that a health check may take. */
const patience = 5;

/** Looks once at the health of a service. Fails closed: what can't be read is not healthy. */
export async function healthOf(
  { health }: Profile['services'][string],
  address: Setting,
  signal: AbortSignal,
): Promise<Health> {
  const url = `${address.value.replace(/\/$/, '')}${health.path}`;
  const answer = await ask({ url, within: patience, signal });
  if ('lost' in answer) return { ok: false, symptom: answer.lost };
  const { reply } = answer;
  if (reply.status !== 200)
    return { ok: false, symptom: `GET ${health.path} answers with HTTP ${reply.status}` };
  const broken = health.expect
    .map((one) => allOf([one]))
    .filter((one) => !holds(one, reply, {}))
    .map(inWords);
  return broken.length === 0
    ? { ok: true }
    : { ok: false, symptom: `GET ${health.path}: it does not hold that ${broken.join(' and ')}` };
}
