import type { Resolved, Target } from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';

/** The words after `ask`: method, URL, body. */
export function requestWords(
  scenario: Resolved,
  target: Target & { readonly body?: unknown },
): string {
  const method = target.method === 'GET' ? '' : `-X ${target.method} `;
  const url = `${originWord(scenario, target.service)}${pathWords(target.path)}`;
  if (target.body === undefined) return `${method}${url}`;
  return `${method}${url} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(target.body))}`;
}

/** The origin of a service, as a word. */
export function originWord(scenario: Resolved, service: string): string {
  return `"$${scenario.services.find(({ name }) => name === service)?.variable ?? ''}"`;
}

/** A path as shell words joined without blanks, captures as variables. */
export function pathWords(path: string): string {
  return path
    .split(/(\{[a-z_]+\})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\{(?:id|new_id)\}$/.test(part) ? `"$${variableOf(part.slice(1, -1))}"` : quoted(part),
    )
    .join('');
}

/** The shell variable of a reply or capture. */
export function variableOf(name: string): string {
  return word(name).toUpperCase();
}

/** The variable that says where the log of a service is. */
export function logVariable(service: string): string {
  return `SCENARIO_LOG_${word(service).toUpperCase()}`;
}

/** A name as part of a shell name. */
export function word(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}
