import type { Operation } from '../profile/schema.ts';
import type { Address } from './addressed.ts';
import type { ExtraStep } from './extra-step-shape.ts';
import { terminalStates, type Context } from './context.ts';

/** An operation of the profile with the states in which it is over. */
export interface EndingOperation extends Operation {
  readonly terminal: readonly string[];
}

/** The kind of operation whose state this endpoint tells: that of the scenario first, where several share the endpoint. */
export function operationAt(
  context: Context,
  endpoint: string | undefined,
): EndingOperation | undefined {
  if (endpoint === undefined) return undefined;
  const found =
    context.operation?.get === endpoint
      ? context.operation
      : Object.values(context.profile.operations).find(({ get }) => get === endpoint);
  return found && { ...found, terminal: terminalStates(found) };
}

/** The kind of operation that a request to this endpoint starts. */
export function startedBy(context: Context, { endpoint }: Address): Operation | undefined {
  return endpoint?.starts === undefined ? undefined : context.profile.operations[endpoint.starts];
}

/** Whether the step asks for a refusal: a status from 400 on. */
export function refusesStatus({ expect }: ExtraStep): boolean {
  return (expect ?? []).some(({ status }) =>
    typeof status === 'number' ? status >= 400 : (status?.some((one) => one >= 400) ?? false),
  );
}
