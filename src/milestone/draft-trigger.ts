import type { Trigger } from '../answers/schema.ts';
import { linked } from '../draft/links.ts';
import type { Located } from '../draft/locate.ts';
import type { Profile } from '../profile/schema.ts';
import type { Act } from './acts.ts';
import type { Guess } from './draft.ts';
import type { E2e } from './model.ts';

/** What sets a scenario off where no step can do so by itself, and how that was found; or why nothing was. */
export type PlannedTrigger =
  | {
      readonly trigger: Trigger;
      readonly guess: Guess;
      readonly domain?: string;
      /** Where an address goes that the profile does not know. */
      readonly service?: string;
    }
  | { readonly why: string };

/** A request whose address is no endpoint of the profile. */
type Unknown = Located & { readonly line: number };

/** The trigger that the words of a plan speak of, or an address that there is yet to be. */
export function plannedTrigger(acts: readonly Act[], e2e: E2e, profile: Profile): PlannedTrigger {
  const links = linked(
    acts.map(({ read }) => read),
    profile,
  );
  const unknown = links.flatMap(({ command, located }) =>
    located.endpoint ? [] : [{ ...located, line: command.line }],
  );
  return byWords(e2e, profile) ?? byAddress(unknown) ?? { why: reason(unknown, e2e) };
}

/** A request that the profile doesn't know: a plan is often written before there is an endpoint. */
function byAddress(unknown: readonly Unknown[]): PlannedTrigger | undefined {
  const found = unknown.find(({ path }) => /^\/[\w./-]+$/.test(path));
  if (!found) return undefined;
  const { method, path, service, nearest } = found;
  const near = nearest === undefined ? '' : ` (the nearest is ${nearest})`;
  return {
    trigger: { kind: 'api', method, path } as Trigger,
    ...(service !== undefined && { service }),
    guess: {
      field: 'trigger',
      line: found.line,
      because: `the plan asks for it; the profile does not know ${method} ${path} yet${near}`,
      confidence: 'low',
    },
  };
}

/** "Start an order" where the profile has something that starts orders. */
function byWords({ steps }: E2e, profile: Profile): PlannedTrigger | undefined {
  for (const [name, endpoint] of Object.entries(profile.endpoints)) {
    if (endpoint.starts === undefined) continue;
    const words = [endpoint.starts, endpoint.domain].map((word) =>
      word.replaceAll(/[^\w-]/g, '').slice(0, Math.max(4, word.length - 1)),
    );
    const said = new RegExp(
      String.raw`\b(?:start|trigger|run|launch|submit|place|begin)(?:s|ed|ing)?\s+(?:\w+\s+){0,2}(?:${words.join('|')})`,
      'i',
    );
    const step = steps.find(({ text }) => said.test(text));
    if (step)
      return {
        trigger: { kind: 'api', endpoint: name },
        domain: endpoint.domain,
        guess: {
          field: 'trigger',
          line: step.line,
          because: `"${step.text.slice(0, 60)}" is what ${name} does`,
          confidence: 'low',
        },
      };
  }
  return undefined;
}

function reason([first]: readonly Unknown[], { steps }: E2e): string {
  if (first) {
    const { method, path, nearest, line } = first;
    const near = nearest === undefined ? '' : `; the nearest is ${nearest}`;
    return `the profile knows no trigger here: ${method} ${path} (line ${line}) is none of its endpoints${near}`;
  }
  if (steps.length === 0) return 'the section has no steps';
  return 'none of its steps is a request to an endpoint of the profile or a command of the system';
}
