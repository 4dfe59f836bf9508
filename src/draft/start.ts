import type { Trigger } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import type { Filled, Read } from '../shell/command.ts';
import type { Link } from './links.ts';
import type { Material } from './material.ts';
import { triggerOf, type Finding, type ReadTrigger } from './trigger.ts';

/** The command that sets a scenario off: a request, or a command of the system itself. */
export type Started =
  | (ReadTrigger & {
      readonly line: number;
      readonly command: Read;
      /** Why, where no command of the document is the trigger. */
      readonly because?: string;
    })
  | {
      readonly own: Extract<Trigger, { kind: 'cli' }>;
      readonly line: number;
      readonly command: Read;
    };

/** The command that sets it off: what starts an operation, else what changes something, else the first request. */
export function startOf(
  { name, purpose = '', commands }: Pick<Material, 'name' | 'purpose' | 'commands'>,
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
    unsaidStart(`${name} ${purpose}`, commands, links, profile) ??
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

/**
 * The start of an operation that the document only looks at or cancels: it asks by an id that none of its commands gives ("start as
 * before"). Which one, the words say, or the other requests; undefined where they leave it open.
 */
function unsaidStart(
  words: string,
  commands: readonly Read[],
  links: readonly Link[],
  profile: Profile,
): Extract<Started, ReadTrigger> | undefined {
  const given = new Set(commands.flatMap((one) => ('into' in one && one.into ? [one.into] : [])));
  const asking = links.filter(({ located }) =>
    Object.values(located.params).some((value) => {
      const variable = /^\$\{(\w+)\}$/.exec(value)?.[1];
      return variable !== undefined && !given.has(variable);
    }),
  );
  const [first] = asking;
  if (!first) return undefined;
  const asked = new Set(asking.map(({ located }) => located.endpoint?.name));
  const fitting = Object.entries(profile.endpoints).flatMap(([name, shape]) => {
    const operation = shape.starts === undefined ? undefined : profile.operations[shape.starts];
    return operation && (asked.has(operation.get) || asked.has(operation.cancel))
      ? [{ name, shape, by: [operation.get, operation.cancel] }]
      : [];
  });
  const domains = new Set(links.map(({ located }) => located.endpoint?.shape.domain));
  const isSaid = ({ shape }: (typeof fitting)[number]): boolean =>
    [shape.starts ?? '', shape.domain].some((word) =>
      new RegExp(`\\b${word.replaceAll(/[^\w-]/g, '')}`, 'i').test(words),
    );
  const isFirst = ({ by }: (typeof fitting)[number]): boolean =>
    by.includes(first.located.endpoint?.name ?? '');
  const candidates = [
    fitting.filter(isSaid),
    fitting.filter(({ shape }) => domains.has(shape.domain)),
  ]
    .map((some) => (some.length > 1 ? some.filter(isFirst) : some))
    .find((some) => some.length === 1);
  const [one] = candidates ?? [];
  if (!one) return undefined;
  const { line } = first.command;
  return {
    trigger: { kind: 'api', endpoint: one.name },
    located: { ...one.shape, endpoint: one, params: {} },
    data: {},
    findings: [],
    line,
    command: { kind: 'note', line, endLine: line, text: `${one.shape.method} ${one.shape.path}` },
    because: `line ${line} asks by an id that no command gives; ${one.name} is what starts it`,
  };
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
