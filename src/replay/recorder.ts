import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Project } from '../io/project.ts';
import { readSettings } from '../live/settings.ts';
import { onwardTo, startProxy, type Proxy } from '../prove/proxy.ts';
import { eventOf } from '../run/event.ts';
import type { RunResult } from '../run/result.ts';
import { isWell } from '../run/verdict.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Exchanges } from './exchanges.ts';
import { gather, withoutSecrets, type Evidence, type Heard } from './gather.ts';

/** Listens between a script and its services, and changes nothing. */
interface Recorder {
  /** Addresses that the script must be given. */
  readonly env: { readonly [variable: string]: string };
  /** What was heard, once the run is over. */
  recording(result: RunResult): Exchanges;
  close(): Promise<void>;
}

/** Of a file that points saw, no more than this is kept. */
const fileBytes = 1024 * 1024;

/**
 * Puts a proxy before each service of the scenario, wherever the settings say that it is. An address that is production is left as it
 * is: the script refuses it by itself, unless it is allowed.
 */
async function startRecorder(
  scenario: Resolved,
  env: { readonly [name: string]: string | undefined },
  project: Project,
  allow: readonly string[],
): Promise<Recorder> {
  const settings = readSettings(project, env);
  const heard: Heard[] = [];
  const proxies: Proxy[] = [];
  const addresses: Record<string, string> = {};
  const runsCommands = scenario.steps.some(({ acts }) =>
    acts.some(({ kind }) => kind === 'cli' || kind === 'launch'),
  );
  const keepsOut = (origin: string, patterns: readonly string[]): boolean =>
    !allow.includes('production') &&
    [...patterns, ...(project.production ?? [])].some((one) => new RegExp(one).test(origin));
  for (const { name, variable, default: plain, production, tls, down } of scenario.services) {
    const origin = settings(variable, plain).value;
    if (down !== undefined || !URL.canParse(origin) || keepsOut(origin, production)) continue;
    // oxlint-disable-next-line no-await-in-loop -- a few services
    const proxy = await startProxy(
      name,
      onwardTo(origin, tls, env),
      {
        treat: () => ({ kind: 'pass', act: undefined }),
        altered: ({ service, method, path, own, browser }, _act, reply, sent) => {
          // What a command of the system asks for itself is not asked again: the command isn't run.
          if (own || browser || !runsCommands)
            heard.push({ t: Date.now() / 1000, service, method, path, sent, reply });
          return reply;
        },
      },
      () => undefined,
    );
    proxies.push(proxy);
    addresses[variable] = proxy.origin;
  }
  const values = scenario.variables.map(({ name, default: otherwise, secret }) => ({
    name,
    secret,
    value: settings(name, otherwise).value,
  }));
  const connections = scenario.databases.map(({ variable }) => ({
    name: variable,
    value: settings(variable, '').value,
  }));
  return {
    env: addresses,
    recording: (result) =>
      withoutSecrets(
        {
          format: 1,
          checks: checksHash(scenario),
          when: result.when,
          target: result.target === 'sandbox' ? 'sandbox' : 'live',
          ...(result.version === undefined ? {} : { version: result.version }),
          timeScale: result.timeScale,
          variables: Object.fromEntries(
            values.flatMap(({ name, secret, value }) => (secret ? [] : [[name, value] as const])),
          ),
          ...gather(scenario, heard, evidenceIn(result.evidence, project)),
        },
        [...values.filter(({ secret }) => secret), ...connections].filter(
          ({ value }) => value !== '',
        ),
      ),
    close: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}

/** Runs a scenario through a recorder, and hands on what a run that was green heard. */
export async function recordedRun(
  scenario: Resolved,
  env: { readonly [name: string]: string | undefined },
  setting: {
    readonly project: Project;
    readonly allow: readonly string[];
    readonly heard: (scenario: Resolved, recorded: Exchanges) => Promise<void>;
  },
  run: (env: { readonly [name: string]: string | undefined }) => Promise<RunResult>,
): Promise<RunResult> {
  const recorder = await startRecorder(scenario, env, setting.project, setting.allow);
  try {
    const result = await run({ ...env, ...recorder.env });
    if (isWell(result)) await setting.heard(scenario, recorder.recording(result));
    return result;
  } finally {
    await recorder.close();
  }
}

/** What a run told and kept, in its folder. */
function evidenceIn(shown: string, project: Project): Evidence {
  const folder = resolve(project.root, shown);
  const names = readdirSync(folder);
  const textOf = (path: string): string | undefined => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() ? readFileSync(path, 'utf8') : undefined;
  };
  return {
    events: (textOf(join(folder, 'events.ndjson')) ?? '').split('\n').flatMap((line) => {
      const event = eventOf(line);
      return event ? [event] : [];
    }),
    kept: (name) => {
      const file = names.find((one) => /^\d+-/.test(one) && one.replace(/^\d+-/, '') === name);
      return file === undefined ? undefined : textOf(join(folder, file));
    },
    file: (path) => {
      const full = resolve(project.root, path);
      const found = statSync(full, { throwIfNoEntry: false });
      return found !== undefined && found.size <= fileBytes ? textOf(full) : undefined;
    },
  };
}
