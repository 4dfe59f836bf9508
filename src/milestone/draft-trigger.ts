import type { Answers } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import { commandOf } from '../scenario/command.ts';
import type { Act } from './acts.ts';
import type { Guess } from './draft.ts';
import type { E2e } from './model.ts';

/** What sets a scenario off, and how that was found; or why nothing was. */
export type FoundTrigger =
  | {
      readonly trigger: Answers['trigger'];
      readonly guess: Guess;
      readonly act?: Act;
      readonly domain?: string;
      /** Where an address goes that the profile does not know. */
      readonly service?: string;
    }
  | { readonly why: string };

/** The trigger of an E2E section: the first request that starts something, else the system's own command, else another request, else words. */
export function triggerOf(acts: readonly Act[], e2e: E2e, profile: Profile): FoundTrigger {
  const requests = acts.filter((act) => act.located?.endpoint && fillable(act));
  const starting = requests.find((act) => act.located?.endpoint?.shape.starts !== undefined);
  const found =
    byRequest(starting) ??
    byCommand(acts, profile) ??
    byRequest(
      requests.find((act) => !observes(act, profile) && !/health/.test(act.located?.path ?? '')),
    ) ??
    byRequest(requests[0]) ??
    byWords(e2e, profile) ??
    byAddress(acts);
  return found ?? { why: reason(acts, e2e) };
}

function byRequest(act: Act | undefined): FoundTrigger | undefined {
  const endpoint = act?.located?.endpoint;
  if (!act || !endpoint) return undefined;
  const { params } = act.located ?? {};
  const { name, shape } = endpoint;
  return {
    trigger: {
      kind: 'api',
      endpoint: name,
      ...(params && Object.keys(params).length > 0 && { params }),
    },
    act,
    domain: shape.domain,
    guess: {
      field: 'trigger',
      line: act.read.line,
      because: `${shape.method} ${shape.path} is the endpoint ${name} of the profile`,
      confidence: shape.starts === undefined ? 'medium' : 'high',
    },
  };
}

/** A request that the profile doesn't know: a plan is often written before there is an endpoint. */
function byAddress(acts: readonly Act[]): FoundTrigger | undefined {
  const act = acts.find(
    ({ located }) => located && located.endpoint === undefined && /^\/[\w./-]+$/.test(located.path),
  );
  if (!act?.located) return undefined;
  const { method, path, service, nearest } = act.located;
  const near = nearest === undefined ? '' : ` (the nearest is ${nearest})`;
  return {
    trigger: { kind: 'api', method, path } as Answers['trigger'],
    act,
    ...(service !== undefined && { service }),
    guess: {
      field: 'trigger',
      line: act.read.line,
      because: `the plan asks for it; the profile does not know ${method} ${path} yet${near}`,
      confidence: 'low',
    },
  };
}

/** Whether every place of the address is given in the plan rather than by an earlier step. */
function fillable({ located }: Act): boolean {
  return Object.values(located?.params ?? {}).every(
    (value) => !value.includes('${') && !value.includes('$('),
  );
}

/** Whether a request only looks at an operation, or cancels it. */
function observes({ located }: Act, profile: Profile): boolean {
  const name = located?.endpoint?.name;
  return Object.values(profile.operations).some(
    ({ get, cancel }) => name === get || name === cancel,
  );
}

function byCommand(acts: readonly Act[], profile: Profile): FoundTrigger | undefined {
  const commands = acts.flatMap((act) => {
    const { read } = act;
    if (
      read.kind !== 'own' ||
      read.argv.some(({ variables, computed }) => computed || variables.length > 0)
    )
      return [];
    const trigger = { kind: 'cli' as const, command: read.argv.map(({ text }) => text) };
    return [{ act, trigger, starts: commandOf(trigger, profile)?.starts }];
  });
  const best = commands.find(({ starts }) => starts !== undefined) ?? commands[0];
  if (!best) return undefined;
  const { act, trigger, starts } = best;
  const domain = starts && profile.endpoints[starts.endpoint]?.domain;
  return {
    trigger,
    act,
    ...(domain !== undefined && { domain }),
    guess: {
      field: 'trigger',
      line: act.read.line,
      because:
        starts === undefined
          ? 'the first of the system’s own commands'
          : `the profile knows that this command does what ${starts.endpoint} does`,
      confidence: starts === undefined ? 'low' : 'high',
    },
  };
}

/** "Start an order" where the profile has something that starts orders. */
function byWords({ steps }: E2e, profile: Profile): FoundTrigger | undefined {
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

function reason(acts: readonly Act[], { steps }: E2e): string {
  const unknown = acts.find(({ located }) => located && !located.endpoint);
  if (unknown?.located) {
    const { method, path, nearest } = unknown.located;
    const near = nearest === undefined ? '' : `; the nearest is ${nearest}`;
    return `the profile knows no trigger here: ${method} ${path} (line ${unknown.read.line}) is none of its endpoints${near}`;
  }
  if (steps.length === 0) return 'the section has no steps';
  return 'none of its steps is a request to an endpoint of the profile or a command of the system';
}
