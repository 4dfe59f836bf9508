import type { Json } from '../scenario/comparators.ts';
import type { RequestAct, Target } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import { capturedIn } from '../scenario/steps.ts';
import { quoted } from '../shell/quote.ts';

/** The words after `ask`: method, URL, body. */
export function requestWords(
  scenario: Resolved,
  target: Target & Pick<RequestAct, 'body' | 'fill'>,
): string {
  const method = target.method === 'GET' ? '' : `-X ${target.method} `;
  const url = `${originWord(scenario, target.service)}${filledWords(target.path, capturesOf(scenario))}`;
  if (target.body === undefined) return `${method}${url}`;
  const body = target.fill ? filledBody(target.body) : quoted(JSON.stringify(target.body));
  return `${method}${url} \\\n  -H 'Content-Type: application/json' \\\n  -d ${body}`;
}

/** The origin of a service, as a word. */
export function originWord(scenario: Resolved, service: string): string {
  return `"$${scenario.services.find(({ name }) => name === service)?.variable ?? ''}"`;
}

/** A body in which captured values stand: made by jq, as the captures are shell variables. */
function filledBody(body: Json): string {
  const names = new Set<string>();
  const text = JSON.stringify(body).replaceAll(
    /"\{([a-z][a-z0-9_]*)\}"/g,
    (_whole, name: string) => {
      names.add(name);
      return `$${name}`;
    },
  );
  const args = [...names].map((name) => ` --arg ${name} "$${variableOf(name)}"`).join('');
  return `"$(jq -n${args} ${quoted(text)})"`;
}

/** The names of all that a scenario captures. */
export function capturesOf(scenario: Resolved): ReadonlySet<string> {
  return new Set(capturedIn(scenario.steps));
}

/** A text as shell words joined without blanks, captures as variables. */
export function filledWords(
  text: string,
  captures: ReadonlySet<string>,
  asWord: (part: string) => string = quoted,
): string {
  return text
    .split(/(\{[a-z][a-z0-9_]*\})/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('{') && captures.has(part.slice(1, -1))
        ? `"$${variableOf(part.slice(1, -1))}"`
        : asWord(part),
    )
    .join('');
}

/** Variables that a shell, or the functions of the document, use for themselves. */
const ownVariables = new Set(
  'PATH HOME IFS PWD OLDPWD USER SHELL TERM LANG UID PPID RANDOM SECONDS SEEN ALL EVERY SINCE'.split(
    ' ',
  ),
);

/** The shell variable of a reply or capture. */
export function variableOf(name: string): string {
  const variable = word(name).toUpperCase();
  return ownVariables.has(variable) ? `${variable}_` : variable;
}

/** The variable that says where the log of a service is. */
export function logVariable(service: string): string {
  return `SCENARIO_LOG_${word(service).toUpperCase()}`;
}

/** A name as part of a shell name. */
export function word(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}
