import type { Act } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Settings } from '../live/settings.ts';
import { logVariable } from '../files/bash-words.ts';
import { neededBy } from './commands.ts';

/** Commands and services by name, each with the ids of the scenarios that need it. */
export interface Needs {
  readonly commands: ReadonlyMap<string, readonly string[]>;
  readonly services: ReadonlyMap<string, readonly string[]>;
}

/** What these scenarios need beyond what all need: commands of their own, of their kinds of check, and services. */
export function needsOf(scenarios: readonly Resolved[], settings: Settings): Needs {
  return {
    commands: gathered(scenarios, (one) => [
      ...one.tools.map(({ name }) => name),
      ...one.steps.flatMap(({ acts }) => acts.flatMap(commandsFor)),
      ...(readsCompose(one, settings) ? ['docker'] : []),
    ]),
    services: gathered(scenarios, (one) => one.services.map(({ name }) => name)),
  };
}

/** Of a file that only a service sees: the command that reads it. */
function commandsFor(act: Act): readonly string[] {
  const reader = act.kind === 'file' ? act.reader?.read.slice(0, 1) : undefined;
  return [...(neededBy[act.kind] ?? []), ...(reader ?? [])];
}

function readsCompose({ services }: Resolved, settings: Settings): boolean {
  return services.some(
    ({ name, log }) => log && settings(logVariable(name), log.default).value.startsWith('compose:'),
  );
}

function gathered(
  scenarios: readonly Resolved[],
  namesOf: (scenario: Resolved) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const scenario of scenarios)
    for (const name of new Set(namesOf(scenario)))
      found.set(name, [...(found.get(name) ?? []), scenario.id]);
  return found;
}
