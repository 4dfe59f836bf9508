import { Told } from '../errors.ts';
import type { Profile } from '../profile/schema.ts';
import { readShell } from '../shell/read.ts';
import type { Answers } from '../answers/schema.ts';
import { locate } from './locate.ts';
import { triggerOf, type Finding } from './trigger.ts';

/** Answers that a request gives, and what of it is not kept. */
export interface FromRequest {
  readonly answers: Partial<Pick<Answers, 'trigger' | 'calibration'>>;
  readonly findings: readonly Finding[];
}

/** The trigger that a call of curl is, as a person pastes it. Nothing is sent. Throws a {@link Told} where it is none. */
export function fromCurl(text: string, profile: Profile): FromRequest {
  const { commands, notUnderstood } = readShell(text.trim(), 1, { own: [] });
  const requests = commands.filter((one) => one.kind === 'request');
  const [first] = requests;
  const [unread] = notUnderstood;
  if (!first || requests.length > 1)
    throw new Told(
      unread
        ? `--from-curl is no command that can be read: ${unread.why}`
        : `--from-curl holds ${requests.length === 0 ? 'no' : 'more than one'} call of curl with an address`,
      {
        code: 'usage',
        where: '--from-curl',
        cure: "quote one whole command: --from-curl 'curl -X POST http://localhost:8000/path -d {}'",
      },
    );
  const read = triggerOf(first.request, locate(first.request, profile), profile, first.line);
  if (!('trigger' in read))
    throw new Told(read.findings.at(-1)?.message ?? 'the request can be no trigger', {
      code: 'usage',
      where: '--from-curl',
      cure: 'write the address out, without variables of the shell in its path',
    });
  const { calibration } = read.data;
  return {
    answers: { trigger: read.trigger, ...(calibration === undefined ? {} : { calibration }) },
    findings: read.findings,
  };
}
