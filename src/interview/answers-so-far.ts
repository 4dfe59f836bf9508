import type { Answers } from '../answers/schema.ts';
import { commandOf } from '../scenario/command.ts';
import type { Category, Endpoint, Operation, Profile } from '../profile/schema.ts';

/** Answers that were given up to now. */
export type Draft = { readonly [Field in keyof Answers]?: Answers[Field] | undefined };

/** The endpoint that the trigger names, when it is one of the profile. */
export function endpointOf({ trigger }: Draft, profile: Profile): Endpoint | undefined {
  return trigger?.kind === 'api' && trigger.endpoint !== undefined
    ? profile.endpoints[trigger.endpoint]
    : undefined;
}

/** The endpoint that the trigger uses: its own, or the one by which a page or a command starts an operation. */
export function starterOf(draft: Draft, profile: Profile): Endpoint | undefined {
  const { trigger } = draft;
  if (trigger === undefined || trigger.kind === 'api') return endpointOf(draft, profile);
  const starts =
    trigger.kind === 'ui' ? trigger.starts : commandOf(trigger, profile)?.starts?.endpoint;
  return starts === undefined ? undefined : profile.endpoints[starts];
}

/** The kinds of operation that the trigger is about: the one that it starts, or those that it looks at or cancels; the domain's own first. */
export function operationsOf(
  draft: Draft,
  profile: Profile,
): readonly (readonly [string, Operation])[] {
  const endpoint = starterOf(draft, profile);
  if (!endpoint) return [];
  const name = draft.trigger?.kind === 'api' ? draft.trigger.endpoint : undefined;
  const about = Object.entries(profile.operations).filter(([kind, { get, cancel }]) =>
    endpoint.starts === undefined ? get === name || cancel === name : kind === endpoint.starts,
  );
  const rank = ([, operation]: readonly [string, Operation]): number =>
    operation.domain === draft.domain ? 0 : 1;
  return about.toSorted((a, b) => rank(a) - rank(b));
}

/** The operation that a scenario of this category is about: an error scenario looks only at what it starts itself. */
export function operationOf(
  draft: Draft,
  profile: Profile,
  category: Category | undefined = draft.category,
): Operation | undefined {
  const starts = starterOf(draft, profile)?.starts !== undefined;
  return category === 'error' && !starts ? undefined : operationsOf(draft, profile)[0]?.[1];
}

/** Variables in the endpoint's path: `{id}`, `{symbol}`. */
export function pathVariables({ path }: Endpoint): readonly string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '');
}
