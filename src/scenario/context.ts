import type { CalibrationRow, Endpoint, Operation, Profile } from '../profile/schema.ts';
import type { Problem } from '../errors.ts';
import type { Command } from './command.ts';
import { isMapping } from '../mapping.ts';
import type { Json } from './comparators.ts';
import type { Target } from './acts.ts';
import type { Resolved, ResolvedCalibration } from './model.ts';
import type { Scenario } from './scenario.ts';

/** Something of the profile together with its name there. */
export type Named<T> = T & { readonly name: string };

/** All that a playbook looks at: the answers, and what the profile knows of them. */
export interface Context {
  readonly scenario: Scenario;
  readonly profile: Profile;
  /** The endpoint of the trigger, when it is one of the profile. */
  readonly endpoint?: Named<Endpoint>;
  /** The command of a cli trigger. */
  readonly command?: Command;
  /** The kind of operation that the scenario is about. */
  readonly operation?: Named<Operation>;
  /** The endpoint that starts that operation. */
  readonly starter?: Named<Endpoint>;
  readonly calibration?: ResolvedCalibration;
  readonly row?: Named<CalibrationRow>;
  /** Mode by kind of mode, as required or as the profile's default. */
  readonly modes: { readonly [kind: string]: string };
  /** The version of the system that the scenario requires, where it names one. */
  readonly version?: string;
  /** The scenarios that this one builds on. */
  readonly used?: readonly Resolved[];
  /** Where what can't be resolved is noted. */
  readonly problems: Problem[];
}

/** Finds an endpoint by its name in the profile. */
export function endpointNamed(profile: Profile, name: string): Named<Endpoint> | undefined {
  const found = profile.endpoints[name];
  return found && { ...found, name };
}

/**
 * Where a reply of this endpoint comes from. Variables of path and query are filled from `values`; those that are not there stay, as
 * captures of the script.
 */
export function targetOf(
  endpoint: Endpoint,
  values: { readonly [name: string]: unknown } = {},
  query = endpoint.query,
): Target {
  const path = filledPath(endpoint.path, values);
  return {
    method: endpoint.method,
    service: endpoint.service,
    path: query === undefined ? path : `${path}?${filledPath(query, values)}`,
  };
}

/** A path or query with the variables that have a value filled in, percent-encoded. */
export function filledPath(text: string, values: { readonly [name: string]: unknown }): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? encodeURIComponent(String(values[name])) : whole,
  );
}

/** What the variables of the trigger's address stand for: its own parameters, then those of the calibration. */
export function triggerValues(context: Context): { readonly [name: string]: unknown } {
  const { trigger } = context.scenario.answers;
  return { ...context.calibration?.parameters, ...(trigger.kind === 'api' ? trigger.params : {}) };
}

/** The endpoint's payload with calibration parameters in place of `{symbol}` and the like. */
export function calibratedPayload(
  endpoint: Endpoint,
  calibration: Pick<ResolvedCalibration, 'parameters'> | undefined,
): Json | undefined {
  return endpoint.payload === undefined
    ? undefined
    : filled(endpoint.payload, calibration?.parameters ?? {});
}

function filled(value: Json, parameters: { readonly [name: string]: string | number }): Json {
  if (typeof value === 'string') {
    const name = /^\{([a-z][a-z0-9-]*)\}$/.exec(value)?.[1];
    return (name === undefined ? undefined : parameters[name]) ?? value;
  }
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => filled(item, parameters));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, filled(item, parameters)]),
    );
  }
  return value;
}

/** Objects are merged key by key, deep; everything else is replaced (contract, section 2: `body`). */
export function merged(base: Json | undefined, over: Json): Json {
  if (!isMapping(base) || !isMapping(over)) return over;
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    Object.defineProperty(result, key, {
      value: merged(Object.hasOwn(base, key) ? base[key] : undefined, value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return result;
}

/** The payload without these keys. */
export function without(payload: Json | undefined, keys: readonly string[]): Json | undefined {
  if (!isMapping(payload)) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key)));
}

/** The terminal states of an operation, completed first. */
export function terminalStates(operation: Operation): readonly string[] {
  return [...operation.state.completed, ...operation.state.failed, ...operation.state.cancelled];
}
