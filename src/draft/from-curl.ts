import { Told } from '../errors.ts';
import type { Profile } from '../profile/schema.ts';
import { readShell } from '../shell/read.ts';
import type { Answers } from '../answers/schema.ts';
import { locate } from './locate.ts';
import { apiMethods, triggerOf, type Finding } from './trigger.ts';

/** Answers that a request gives, and what of it is not kept. */
export interface FromRequest {
  readonly answers: Partial<Pick<Answers, 'trigger' | 'calibration'>>;
  readonly findings: readonly Finding[];
}

const cure = "quote one whole command: --from-curl 'curl -X POST http://localhost:8000/path -d {}'";

/** The trigger that a call of curl is, as a person pastes it. Nothing is sent. Throws a {@link Told} where it is none. */
export function fromCurl(text: string, profile: Profile): FromRequest {
  const { commands, notUnderstood } = readShell(pasted(text), 1, { own: [] });
  const requests = commands.filter((one) => one.kind === 'request');
  const [first] = requests;
  const [unread] = notUnderstood;
  if (!first || requests.length > 1)
    throw refused(
      unread
        ? `--from-curl is no command that can be read: ${unread.why}`
        : `--from-curl holds ${requests.length === 0 ? 'no' : 'more than one'} call of curl with an address`,
      cure,
    );
  const { request, line } = first;
  if (request.unclear.length > 0)
    throw refused(`--from-curl is not one request: ${request.unclear.join('; ')}`, cure);
  const read = triggerOf(request, locate(request, profile), profile, line);
  if (!('trigger' in read))
    throw refused(
      read.findings.at(-1)?.message ?? 'the request can be no trigger',
      apiMethods.some((one) => one === request.method)
        ? 'write the address out, without variables of the shell'
        : `a trigger is one of ${apiMethods.join(', ')}`,
    );
  const { calibration } = read.data;
  const open = request.body?.variables ?? [];
  return {
    answers: { trigger: read.trigger, ...(calibration === undefined ? {} : { calibration }) },
    findings: [
      ...read.findings,
      ...[...new Set(open)].map((name) => ({
        line,
        message: `the body holds the variable ${name} of the shell, which nothing fills in here: \${${name}} is sent as it stands`,
      })),
    ],
  };
}

/** What was copied together with the command is taken off; what is quoted for another shell is refused, for it means something else here. */
function pasted(text: string): string {
  if (/\^(?:"|\s*\n)|^\s*curl\b[^'\n]*`\s*\n/.test(text))
    throw refused(
      '--from-curl is quoted for cmd or PowerShell, not for bash',
      'copy it as cURL (bash), as the developer tools of a browser offer it',
    );
  return text.trim().replace(/^[$%>]\s+(?=curl\b)/, '');
}

function refused(message: string, how: string): Told {
  return new Told(message, { code: 'usage', where: '--from-curl', cure: how });
}
