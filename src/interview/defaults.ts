import type { Answers, Outcome, Trigger } from '../answers/schema.ts';
import { categories, type Category, type Operation, type Profile } from '../profile/schema.ts';
import { endpointOf, operationOf, operationsOf, starterOf, type Draft } from './answers-so-far.ts';
import { calibrationRows } from './data.ts';
import { likest } from './likeness.ts';

/** What is proposed for each answer, from what was said before. Pure; undefined where nothing can be said. */
export const defaults: {
  readonly [Field in keyof Answers]?: (
    draft: Draft,
    profile: Profile,
  ) => Answers[Field] | undefined;
} = {
  domain: defaultDomain,
  trigger: defaultTrigger,
  flow: defaultFlow,
  category: defaultCategory,
  outcome: defaultOutcome,
  calibration: defaultCalibration,
};

function defaultDomain({ name = '' }: Draft, profile: Profile): string | undefined {
  const candidates = Object.entries(profile.domains).map(([key, { title }]) => ({
    key,
    names: [key, title],
    descriptions: Object.values(profile.endpoints)
      .filter(({ domain }) => domain === key)
      .map((endpoint) => endpoint.title),
  }));
  return likest(name, candidates) ?? candidates[0]?.key;
}

function defaultTrigger({ name = '', domain }: Draft, profile: Profile): Trigger | undefined {
  const own = Object.entries(profile.endpoints).filter(([, one]) => one.domain === domain);
  // What starts an operation comes first, so that it wins when the name says nothing.
  const starting = own.toSorted(([, a], [, b]) => Number(!a.starts) - Number(!b.starts));
  const candidates = starting.map(([key, { title }]) => ({
    key,
    names: [key.split('.').at(-1) ?? key, title],
  }));
  const endpoint = likest(name, candidates) ?? candidates[0]?.key;
  return endpoint === undefined ? undefined : { kind: 'api', endpoint };
}

/** Service, then the component that answers (in a cancellation, the one that cancels), then the worker. */
function defaultFlow(draft: Draft, profile: Profile): Answers['flow'] | undefined {
  const endpoint = starterOf(draft, profile);
  if (!endpoint) {
    const page = draft.trigger?.kind === 'ui' ? profile.pages[draft.trigger.page] : undefined;
    if (page) return [page.service];
    const [first] = Object.keys(profile.services);
    return first === undefined ? undefined : [first];
  }
  const category = defaultCategory(draft, profile);
  const operation = operationOf(draft, profile, category);
  const answering =
    category === 'cancellation' && operation ? profile.endpoints[operation.cancel] : endpoint;
  const parts = [endpoint.service, answering?.component, operation?.worker];
  return [...new Set(parts.filter((part) => part !== undefined))];
}

function defaultCategory({ name = '', category }: Draft, profile: Profile): Category {
  if (category !== undefined) return category;
  // That a host is spoken of says nothing of the category, though examples speak of hosts.
  const named = { ...profile.services, ...profile.components, ...profile.domains };
  const parts = Object.entries(named).flatMap(([key, { title }]) => [key, title]);
  const candidates = categories.map((key) => {
    const { title, when, example } = profile.categories[key];
    return { key, names: [key, title], descriptions: [when, example] };
  });
  return categories.find((one) => one === likest(name, candidates, parts)) ?? 'smoke';
}

function defaultOutcome(draft: Draft, profile: Profile): Outcome[] | undefined {
  if (draft.trigger?.kind === 'cli') return [{ cli: { exitCode: 0 } }];
  if (draft.category === 'error') {
    const [status] = refusalStatuses(draft, profile);
    return status === undefined ? undefined : [{ response: { status } }];
  }
  const operation = operationOf(draft, profile);
  if (!operation && draft.trigger?.kind === 'ui') return undefined;
  if (operation) return [endState(operation, draft.category)];
  return [{ response: { status: endpointOf(draft, profile)?.accepted.status ?? 200 } }];
}

/** The terminal states in which an operation of this category ends. */
function endState(operation: Operation, category: Category | undefined): Outcome {
  const { path, completed } = operation.state;
  const ends =
    category === 'cancellation'
      ? operation.cancellation.allowed.flatMap((alternative) =>
          alternative.filter((one) => one.path === path).map(({ equals }) => String(equals)),
        )
      : completed;
  const [only, ...more] = [...new Set(ends)];
  return only !== undefined && more.length === 0
    ? { state: { path, equals: only } }
    : { state: { path, in: [...new Set(ends)] } };
}

/** Statuses with which this endpoint, or else its service, is known to refuse. */
export function refusalStatuses(draft: Draft, profile: Profile): readonly number[] {
  const endpoint = endpointOf(draft, profile);
  const service = endpoint?.service ?? serviceOf(draft, profile);
  const known = [
    ...profile.refusals.filter((one) => one.service === service),
    ...(endpoint?.refusals ?? []),
  ];
  return [...new Set(known.map(({ status }) => status))];
}

function serviceOf({ flow = [] }: Draft, profile: Profile): string | undefined {
  const [first = ''] = flow;
  return profile.components[first]?.service ?? first;
}

function defaultCalibration(draft: Draft, profile: Profile): string | undefined {
  return calibrationRows(draft, profile)[0]?.name;
}

/** The categories that this trigger can serve; the others need an operation that takes a while. */
export function servable(category: Category, draft: Draft, profile: Profile): boolean {
  if (category !== 'progress' && category !== 'cancellation') return true;
  return operationsOf(draft, profile).length > 0;
}
