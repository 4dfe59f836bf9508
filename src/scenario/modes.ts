import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Expectation, Operation, Profile } from '../profile/schema.ts';
import { allOf } from './condition.ts';
import type { Context } from './context.ts';
import type { Setting } from './model.ts';
import type { Scenario } from './scenario.ts';

/** How the system must be set up for a scenario: as its `requires` says, else as the profile's defaults are. */
export interface Requirements {
  readonly modes: { readonly [kind: string]: string };
  /** Only where the scenario names one. */
  readonly version?: string;
}

/** The requirements of a scenario; what the profile doesn't know is a problem. */
export function requirementsOf(
  scenario: Scenario,
  profile: Profile,
  problems: Problem[],
): Requirements {
  const modes = Object.fromEntries(
    Object.entries(profile.modes).map(([kind, mode]) => [kind, mode.default]),
  );
  const { version, ...required } = scenario.answers.requires ?? {};
  const refuse = (path: string, message: string, typed: string, valid: readonly string[]): void => {
    const close = nearest(typed, valid);
    problems.push({
      path,
      message,
      expected: valid.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
  };
  const versions = Object.keys(profile.versions.known);
  if (version !== undefined && !versions.includes(version))
    refuse('requires.version', `unknown version ${JSON.stringify(version)}`, version, versions);
  for (const [kind, value] of Object.entries(required)) {
    const values = Object.keys(profile.modes[kind]?.values ?? {});
    if (values.includes(value)) modes[kind] = value;
    else if (values.length > 0)
      refuse(`requires.${kind}`, `unknown value ${JSON.stringify(value)}`, value, values);
    else
      refuse(`requires.${kind}`, `unknown requirement ${JSON.stringify(kind)}`, kind, [
        ...Object.keys(profile.modes),
        'version',
      ]);
  }
  return { modes, ...(version === undefined ? {} : { version }) };
}

/** A mode that the scenario's checks were made for. */
interface Concern {
  readonly kind: string;
  readonly mode: Profile['modes'][string];
  readonly value: Profile['modes'][string]['values'][string];
  readonly name: string;
}

/** The modes that matter to a scenario: those that it requires, and the one in which its operation runs. */
export function concernedModes(
  context: Pick<Context, 'scenario' | 'profile' | 'modes'> & {
    readonly operation?: Pick<Operation, 'mode'>;
  },
): readonly Concern[] {
  const { profile, modes, operation, scenario } = context;
  const kinds = new Set([
    ...Object.keys(scenario.answers.requires ?? {}),
    ...(operation?.mode === undefined ? [] : [operation.mode]),
  ]);
  return [...kinds].flatMap((kind) => {
    const mode = profile.modes[kind];
    const name = modes[kind] ?? mode?.default ?? '';
    const value = mode?.values[name];
    return mode && value ? [{ kind, mode, value, name }] : [];
  });
}

/**
 * Whose health check tells the version that a scenario requires, with what it then says: that of the profile's first choice, or of
 * the services that the scenario speaks to.
 */
export function tellsVersion(
  { profile, version }: Pick<Context, 'profile' | 'version'>,
  services: ReadonlySet<string>,
): readonly (readonly [service: string, expect: readonly Expectation[]])[] {
  const { service, known } = profile.versions;
  const wanted = version === undefined ? undefined : known[version];
  if (wanted === undefined) return [];
  const also = Object.entries(wanted.also).filter(([name]) => services.has(name));
  const isFirst = service !== undefined && wanted.expect.length > 0;
  return isFirst && (services.has(service) || also.length === 0)
    ? [[service, wanted.expect]]
    : also;
}

/** What preflight can tell of the setting: the version by a health check, a mode by its variable; `services` are those it asks. */
export function settingsOf(context: Context, services: ReadonlySet<string>): readonly Setting[] {
  const { profile, version } = context;
  const settings: Setting[] = tellsVersion(context, services).map(([service, expect]) => ({
    kind: 'setup',
    service,
    text: `version ${version} (${profile.versions.known[version ?? '']?.title})`,
    condition: allOf(expect),
    cure: `run it against a system of version ${version}, or take requires.version out of the scenario`,
  }));
  for (const { mode, value, name } of concernedModes(context)) {
    if (mode.variable === undefined) continue;
    settings.push({
      kind: 'mode',
      variable: mode.variable,
      value: name,
      text: `${mode.title}: ${value.title}`,
      default: mode.default,
      cure: `${value.cure}, and say so with ${mode.variable}=${name}`,
    });
  }
  return settings;
}

/** The services that must not answer, each with how to bring that about. */
export function downServices(context: Context): ReadonlyMap<string, string> {
  return new Map(
    concernedModes(context).flatMap(({ value }) =>
      value.down.map((service): [string, string] => [service, value.cure]),
    ),
  );
}
