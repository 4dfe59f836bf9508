import { delimiter } from 'node:path';
import { allNeededThere, checkLine, commandCheck, serviceCheck } from '../doctor/checks.ts';
import type { Check } from '../doctor/checks.ts';
import { always, sometimes, type Command } from '../doctor/commands.ts';
import { needsOf, type Needs } from '../doctor/needs.ts';
import { playwright } from '../doctor/playwright.ts';
import { versionText } from '../doctor/probe.ts';
import { exitCodes, Told } from '../errors.ts';
import { readEntry, scenarioIds, allRows } from '../io/library.ts';
import { selectIds } from '../io/select.ts';
import type { Workspace } from '../io/workspace.ts';
import { healthOf } from '../live/health.ts';
import { readSettings, type Settings } from '../live/settings.ts';
import type { Profile } from '../profile/schema.ts';
import { paintFor } from '../run/paint.ts';
import type { Resolved } from '../scenario/model.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario doctor`. */
export interface DoctorOptions extends Common {
  /** Scenarios whose needs count; all of the project when empty. */
  readonly for: readonly string[];
}

/** Looks at tools and services, tells one line each, and is red (3) when something that scenarios need is not well. */
export async function doctorCommand(options: DoctorOptions, io: Io): Promise<number> {
  const workspace = await openFor(options, io);
  const settings = readSettings(workspace.project, io.env);
  const env = withCommands(io.env, settings('SCENARIO_COMMANDS', '').value);
  const needs = needsOf(scenariosOf(workspace, options.for, io), settings);
  // With --for, what those scenarios don't need is left out.
  const checks = (
    await Promise.all([
      ...commandsOf(workspace, settings, env).map(async (command) =>
        commandCheck(command, await versionText(command, env), need(command, needs)),
      ),
      ...servicesOf(workspace.profile, settings, needs, io.signal),
    ])
  ).filter(({ needed }) => needed || options.for.length === 0);
  const ok = allNeededThere(checks);
  if (options.json) writeJson(io, { ok, checks });
  else tell(checks, ok, io);
  return ok ? exitCodes.ok : exitCodes.blocked;
}

/** The environment in which a script finds its commands: that folder comes before the PATH. */
function withCommands(env: Io['env'], folder: string): Io['env'] {
  return folder === '' ? env : { ...env, PATH: [folder, env['PATH'] ?? ''].join(delimiter) };
}

function scenariosOf(
  { project, profile }: Workspace,
  asked: readonly string[],
  io: Io,
): readonly Resolved[] {
  const known = scenarioIds(project);
  if (asked.length > 0) {
    const ids = selectIds({ ids: asked }, known, () => allRows(project, profile));
    return ids.map((id) => readEntry(project, profile, id).resolved);
  }
  return known.flatMap((id) => {
    try {
      return [readEntry(project, profile, id).resolved];
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      io.stderr.write(`left out: ${id} cannot be read (see \`scenario check\`)\n`);
      return [];
    }
  });
}

/** Those that all scripts need, those of some kinds of check, and the profile's own; its cures come first. */
function commandsOf(
  { profile, project }: Workspace,
  settings: Settings,
  env: Io['env'],
): readonly Command[] {
  const driver = playwright(project.root, settings('SCENARIO_PLAYWRIGHT', '').value);
  const known = [...always, ...sometimes, driver].map((command) => {
    const own = profile.tools.find(({ name }) => name === command.name);
    const browser = command.name === 'browser' ? env['SCENARIO_BROWSER'] : undefined;
    return {
      ...command,
      ...(own === undefined ? {} : { cure: own.cure }),
      ...(browser ? { programs: [[browser, '--version']] } : {}),
    };
  });
  const names = new Set(known.map(({ name }) => name));
  const readers = Object.values(profile.services).flatMap(({ files }) =>
    files ? [{ name: files.read[0] ?? '', cure: files.cure }] : [],
  );
  const others = new Map([...readers, ...profile.tools].map((one) => [one.name, one]));
  const own = [...others.values()]
    .filter(({ name }) => !names.has(name))
    .map(({ name, cure }) => ({ name, cure, programs: [[name, '--version']], anyEnd: true }));
  return [...known, ...own];
}

function need({ name }: Command, { commands }: Needs): Pick<Check, 'needed' | 'neededBy'> {
  if (always.some((one) => one.name === name)) return { needed: true };
  const by = commands.get(name) ?? [];
  return { needed: by.length > 0, neededBy: by };
}

function servicesOf(
  profile: Profile,
  settings: Settings,
  { services }: Needs,
  signal: AbortSignal,
): readonly Promise<Check>[] {
  return Object.entries(profile.services).map(async ([name, service]) => {
    const address = settings(service.variable, service.default);
    const by = services.get(name) ?? [];
    const needed = { needed: by.length > 0, neededBy: by };
    const health = await healthOf(service, address, signal);
    return serviceCheck(name, address, health, service.health.cure, needed);
  });
}

function tell(checks: readonly Check[], ok: boolean, io: Io): void {
  const paint = paintFor(io.stdout, io.env);
  for (const check of checks) {
    const line = checkLine(check);
    io.stdout.write(`${check.ok ? line : check.needed ? paint.red(line) : paint.dim(line)}\n`);
  }
  const missing = checks.filter((one) => !one.ok && one.needed).length;
  io.stdout.write(
    ok ? 'all that is needed is there\n' : `${missing} needed and not well: see the cures above\n`,
  );
}
