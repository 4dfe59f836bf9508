import type { Trigger } from '../answers/schema.ts';
import type { Endpoint, Profile } from '../profile/schema.ts';
import { endpointOf, operationsOf, pathVariables, type Draft } from './answers-so-far.ts';
import type { Ask, Choice } from './ask.ts';
import { askPage } from './ask-page.ts';
import { defaults } from './defaults.ts';
import { inTurn } from './in-turn.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';
import { valueIn } from './typed.ts';

type Picked = { readonly endpoint: string } | 'others' | 'path' | 'command' | 'page';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** How a user sets it off: an endpoint of the profile, another method and path, a command, or a page. */
export async function askTrigger(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const { profile } = session;
  const own = endpointsOf(profile, (one) => one.domain === draft.domain);
  const others = endpointsOf(profile, (one) => one.domain !== draft.domain);
  const wanted = draft.trigger ?? defaults.trigger?.(draft, profile);
  const present = wanted?.kind === 'api' ? wanted.endpoint : undefined;
  const picked = await pick(ask, own, present, [
    ...(others.length > 0
      ? [{ value: 'others' as const, name: 'an endpoint of another domain…' }]
      : []),
    { value: 'path', name: 'another method and path…' },
    { value: 'command', name: 'a command…' },
    { value: 'page', name: 'a page, in a browser…' },
  ]);
  if (picked === 'path') return { ...draft, trigger: await askPath(ask, draft, session) };
  if (picked === 'command') return { ...draft, trigger: await askCommand(ask, draft, session) };
  if (picked === 'page') return { ...draft, trigger: await askPage(ask, draft, session) };
  const chosen = picked === 'others' ? await pick(ask, others, present, []) : picked;
  if (typeof chosen === 'string') throw new Error('only endpoints were offered');
  return { ...draft, trigger: { kind: 'api', endpoint: chosen.endpoint } };
}

type NamedEndpoint = readonly [string, Endpoint];

function endpointsOf(
  profile: Profile,
  suits: (one: Endpoint) => boolean,
): readonly NamedEndpoint[] {
  return Object.entries(profile.endpoints).filter(([, one]) => suits(one));
}

async function pick(
  ask: Ask,
  endpoints: readonly NamedEndpoint[],
  present: string | undefined,
  more: readonly Choice<Picked>[],
): Promise<Picked> {
  const choices: readonly Choice<Picked>[] = endpoints.map(
    ([endpoint, { method, path, title }]) => ({
      value: { endpoint },
      name: `${method} ${path} · ${title}`,
      short: `${method} ${path} (${endpoint})`,
    }),
  );
  return ask.choose({
    label: 'Trigger',
    choices: [...choices, ...more],
    selected: endpoints.findIndex(([name]) => name === present),
  });
}

async function askPath(ask: Ask, { trigger }: Draft, session: Session): Promise<Trigger> {
  const before = trigger?.kind === 'api' ? trigger : undefined;
  const method = await ask.choose({
    label: 'Method',
    choices: methods.map((value) => ({ value, name: value })),
    selected: methods.indexOf(before?.method ?? 'GET'),
  });
  const path = await ask.type({
    label: 'Path',
    hint: 'such as /api/v1/health; it goes to the first service of the flow',
    prefill: before?.path ?? '',
    check: (typed) => problemWith('trigger', { kind: 'api', method, path: typed }, session),
  });
  return { kind: 'api', method, path };
}

async function askCommand(ask: Ask, { trigger }: Draft, session: Session): Promise<Trigger> {
  const { profile } = session;
  // What starts an operation is offered with the places for the data that are chosen later.
  const known = profile.cli.map(({ title, argv, starts, note = '' }) => {
    const words = starts?.form ?? argv;
    const line = words.join(' ');
    return { value: words, name: `${line} · ${title}`, short: line, detail: note };
  });
  const argv =
    known.length === 0
      ? undefined
      : await ask.choose<readonly string[] | undefined>({
          label: 'Command',
          choices: [{ value: undefined, name: 'type a command…', short: 'typed:' }, ...known],
        });
  if (argv) return { kind: 'cli', command: [...argv] };
  const command = await ask.type({
    label: 'Command',
    hint: 'one that ends by itself; it is split at spaces, no shell sees it',
    prefill: trigger?.kind === 'cli' && typeof trigger.command === 'string' ? trigger.command : '',
    check: (typed) => problemWith('trigger', { kind: 'cli', command: typed }, session),
  });
  return { kind: 'cli', command };
}

/** Whether the request needs more than the endpoint: values in its path, or what is wrong with it in an error scenario. */
export function asksForRequest(draft: Draft, { profile }: Session): boolean {
  const endpoint = endpointOf(draft, profile);
  if (!endpoint) return false;
  return openVariables(draft, endpoint, profile).length > 0 || refusable(draft, endpoint);
}

/** Variables that nothing fills: where an operation is started first, its id is known. */
function openVariables(draft: Draft, endpoint: Endpoint, profile: Profile): readonly string[] {
  const started = draft.category !== 'error' && operationsOf(draft, profile).length > 0;
  return started ? [] : pathVariables(endpoint);
}

function refusable({ category }: Draft, { payload }: Endpoint): boolean {
  return category === 'error' && fieldsOf(payload).length > 0;
}

function fieldsOf(payload: Endpoint['payload']): readonly string[] {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? Object.keys(payload)
    : [];
}

/** Asks for the values in the path, then for what must be refused. */
export async function askRequest(ask: Ask, draft: Draft, session: Session): Promise<Draft> {
  const endpoint = endpointOf(draft, session.profile);
  if (!endpoint || draft.trigger?.kind !== 'api') return draft;
  const { kind, endpoint: name, params: before = {} } = draft.trigger;
  const open = openVariables(draft, endpoint, session.profile);
  const params = await inTurn(open, async (variable) =>
    ask.type({
      label: variable,
      hint: `stands in ${endpoint.path}`,
      prefill: String(before[variable] ?? ''),
      check: (typed) =>
        problemWith('trigger', { kind, endpoint: name, params: { [variable]: typed } }, session),
    }),
  );
  const wrong = refusable(draft, endpoint) ? await askWrong(ask, endpoint, session) : {};
  const filled = open.length > 0 ? { params } : {};
  return { ...draft, trigger: { kind, endpoint: name, ...filled, ...wrong } };
}

type Wrong = Pick<Extract<Trigger, { kind: 'api' }>, 'omit' | 'body' | 'payload'>;

async function askWrong(ask: Ask, endpoint: Endpoint, session: Session): Promise<Wrong> {
  const fields = fieldsOf(endpoint.payload);
  const how = await ask.choose<'omit' | 'value' | 'payload' | 'nothing'>({
    label: 'Request',
    hint: 'what is wrong with it?',
    choices: [
      { value: 'value', name: 'a field with a wrong value…', short: 'a wrong value' },
      { value: 'omit', name: 'a field is missing…', short: 'a missing field' },
      { value: 'payload', name: 'a body of your own…', short: 'a body of your own' },
      { value: 'nothing', name: 'it has no body at all' },
    ],
  });
  if (how === 'nothing') return {};
  if (how === 'payload') return { payload: await askJson(ask, 'Body', '{}') };
  const field = await ask.choose({
    label: 'Field',
    choices: fields.map((value) => ({ value, name: value })),
  });
  if (how === 'omit') return { omit: [field] };
  const value = await askJson(ask, 'Value', '', (typed) =>
    problemWith(
      'trigger',
      { kind: 'api', endpoint: nameOf(endpoint, session), body: { [field]: valueIn(typed) } },
      session,
    ),
  );
  return { body: { [field]: value } };
}

function nameOf(endpoint: Endpoint, { profile }: Session): string | undefined {
  return Object.keys(profile.endpoints).find((name) => profile.endpoints[name] === endpoint);
}

async function askJson(
  ask: Ask,
  label: string,
  prefill: string,
  check: (typed: string) => string | undefined = () => undefined,
): Promise<ReturnType<typeof valueIn>> {
  const typed = await ask.type({
    label,
    prefill,
    hint: 'JSON, or plain text',
    check: (text) => (text === '' ? 'is empty; write "" for an empty text' : check(text)),
  });
  return valueIn(typed);
}
