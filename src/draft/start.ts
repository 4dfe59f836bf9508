import type { Trigger } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import type { Filled, Read } from '../shell/command.ts';
import type { Link } from './links.ts';
import { triggerOf, type Finding, type ReadTrigger } from './trigger.ts';

/** The command that sets a scenario off: a request, or a command of the system itself. */
export type Started =
  | (ReadTrigger & { readonly line: number; readonly command: Read })
  | {
      readonly own: Extract<Trigger, { kind: 'cli' }>;
      readonly line: number;
      readonly command: Read;
    };

/** The command that sets it off: what starts an operation, else what changes something, else the first request. */
export function startOf(
  commands: readonly Read[],
  links: readonly Link[],
  profile: Profile,
): { readonly start?: Started; readonly findings: readonly Finding[] } {
  const read = links.flatMap(({ command, request, located }) => {
    const one = triggerOf(request, located, profile, command.line);
    return 'trigger' in one && (located.endpoint || located.service !== undefined)
      ? [{ ...one, command, line: command.line }]
      : [];
  });
  const api =
    read.find(({ located }) => located.endpoint?.shape.starts !== undefined) ??
    read.find(
      ({ trigger, located }) =>
        trigger.method !== 'GET' &&
        located.endpoint?.shape.method !== 'GET' &&
        !isCancel(located.endpoint?.name, profile),
    ) ??
    read.find(({ located }) => located.endpoint !== undefined && !hasOpen(located.params)) ??
    read.find(({ located }) => !hasOpen(located.params));
  if (api) return { start: api, findings: api.findings };
  const own = commands.find((one) => one.kind === 'own' && one.argv.every(isKnown));
  if (own?.kind === 'own')
    return {
      start: {
        own: { kind: 'cli', command: own.argv.map(({ text }) => text) },
        command: own,
        line: own.line,
      },
      findings: [],
    };
  return { findings: [] };
}

/** Whether an endpoint cancels an operation. */
export function isCancel(name: string | undefined, { operations }: Profile): boolean {
  return Object.values(operations).some(({ cancel }) => cancel === name);
}

function hasOpen(params: Readonly<Record<string, string>>): boolean {
  return Object.values(params).some((value) => value.includes('${'));
}

function isKnown({ computed, variables, text }: Filled): boolean {
  return !computed && variables.length === 0 && text !== '';
}
