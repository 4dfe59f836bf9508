import type { Problem } from '../errors.ts';
import type { CalibrationRow, Category, Endpoint, Operation, Profile } from '../profile/schema.ts';
import { withAdditions, withOverrides } from './additions.ts';
import { atVersion } from '../profile/versions.ts';
import { assemble } from './assemble.ts';
import { calibrationOf } from './calibration.ts';
import { commandOf, type Command } from './command.ts';
import { endpointNamed, type Context, type Named } from './context.ts';
import { withFilledBodies } from './extra-body.ts';
import { withExtraSteps } from './extra-steps.ts';
import { withKnownDefects } from './known-defects.ts';
import { withLogChecks } from './logs.ts';
import type { Resolved, ResolvedCalibration, Step } from './model.ts';
import { requirementsOf } from './modes.ts';
import { bindOutcomes } from './outcomes.ts';
import { cancellation } from './playbooks/cancellation.ts';
import { error } from './playbooks/error.ts';
import { integration } from './playbooks/integration.ts';
import { progress } from './playbooks/progress.ts';
import { smoke } from './playbooks/smoke.ts';
import type { Scenario } from './scenario.ts';
import { usedBy, type Others } from './uses.ts';

/** A resolved scenario, or all that keeps it from being one. Warnings stand in either case. */
export interface Resolution {
  readonly resolved?: Resolved;
  readonly problems: readonly Problem[];
}

const playbooks: { readonly [category in Category]: (context: Context) => readonly Step[] } = {
  smoke,
  progress,
  cancellation,
  error,
  integration,
};

/** A scenario with its profile, as it is of the version that it requires: preflight, steps, criteria, sanity checks, cleanup. Pure. */
export function resolve(
  scenario: Scenario,
  given: Profile,
  others: Others = { ids: [], find: () => undefined },
  chain: readonly string[] = [],
): Resolution {
  const profile = atVersion(given, scenario.answers.requires?.['version']);
  const problems: Problem[] = [];
  const alone = contextOf(scenario, profile, problems);
  if (problems.length > 0) return { problems };
  const path = [...chain, scenario.id];
  const used = usedBy(alone, others, path, (other) => {
    const result = resolve(other, profile, others, path);
    return { ...result, message: result.problems.map(({ message }) => message).join('; ') };
  });
  if (problems.length > 0) return { problems };
  const context = { ...alone, used: used.resolved };
  const played = playbooks[scenario.answers.category](context);
  const outcomes = scenario.answers.outcome.map((outcome, index) => ({
    path: `outcome.${index}`,
    outcome,
  }));
  const stepped = withFilledBodies(
    withExtraSteps(context, [...used.steps, ...played], used.steps.length),
  );
  const bound = withAdditions(context, bindOutcomes(context, stepped, outcomes));
  const steps = withKnownDefects(context, withOverrides(context, withLogChecks(context, bound)));
  if (problems.length > 0) return { problems };
  return { resolved: assemble(context, steps), problems };
}

function contextOf(scenario: Scenario, profile: Profile, problems: Problem[]): Context {
  const { trigger, calibration: asked, category } = scenario.answers;
  const endpoint =
    trigger.kind === 'api' && trigger.endpoint !== undefined
      ? endpointNamed(profile, trigger.endpoint)
      : undefined;
  const startedByPage =
    trigger.kind === 'ui' && trigger.starts !== undefined
      ? endpointNamed(profile, trigger.starts)
      : undefined;
  const row =
    typeof asked === 'string' && profile.calibrations[asked]
      ? { ...profile.calibrations[asked], name: asked }
      : undefined;
  const command = commandOf(trigger, profile);
  const starter =
    startedByPage ??
    startedBy(command, scenario, profile) ??
    starterOf(profile, endpoint, row, category);
  const operation =
    starter?.starts === undefined ? undefined : operationNamed(profile, starter.starts);
  const requirements = requirementsOf(scenario, profile, problems);
  const calibration = calibrationOf(
    withCommandData(scenario, command, starter, profile),
    profile,
    row,
    starter ?? endpoint,
    problems,
  );
  checkCommand(command, operation, calibration, problems);
  if ((category === 'progress' || category === 'cancellation') && !operation) {
    problems.push({
      path: 'category',
      message: `a ${category} scenario needs an operation that takes a while; this trigger starts none`,
      expected:
        trigger.kind === 'ui'
          ? `starts: ${startersOf(profile).join(' | ')} in the trigger, which the page asks for`
          : `trigger: { kind: api, endpoint: ${startersOf(profile).join(' | ')} }`,
    });
  }
  return {
    scenario,
    profile,
    ...requirements,
    problems,
    ...(endpoint ? { endpoint } : {}),
    ...(command ? { command } : {}),
    ...(starter ? { starter } : {}),
    ...(operation ? { operation } : {}),
    ...(row ? { row } : {}),
    ...(calibration ? { calibration } : {}),
  };
}

/** What a command starts; an error scenario about a command that is refused starts nothing. */
function startedBy(
  command: Command | undefined,
  { answers }: Scenario,
  profile: Profile,
): Named<Endpoint> | undefined {
  const follows = answers.category !== 'error' || answers.outcome.some((one) => 'state' in one);
  return command?.starts && follows ? endpointNamed(profile, command.starts.endpoint) : undefined;
}

/** The scenario with the data that its command names, where the answers name none. */
function withCommandData(
  scenario: Scenario,
  command: Command | undefined,
  starter: Named<Endpoint> | undefined,
  profile: Profile,
): Scenario {
  const values = Object.entries(command?.values ?? {});
  if (!starter || scenario.answers.calibration !== undefined || values.length === 0)
    return scenario;
  const row = Object.values(profile.calibrations).find((one) => one.endpoint === starter.name);
  const parameters = profile.calibrationModels[row?.model ?? '']?.parameters;
  const calibration = Object.fromEntries(
    values.map(([name, value]) => [
      name,
      parameters?.[name]?.kind === 'number' ? Number(value) : value,
    ]),
  );
  return { ...scenario, answers: { ...scenario.answers, calibration } };
}

/** A command that starts something must start it with the data of the calibration, and must be one whose operation can be found. */
function checkCommand(
  command: Command | undefined,
  operation: Named<Operation> | undefined,
  calibration: ResolvedCalibration | undefined,
  problems: Problem[],
): void {
  if (!command?.starts || !operation) return;
  if (!operation.find)
    problems.push({
      path: 'trigger.command',
      message: `the profile does not say how a ${operation.name} is found that a command started`,
      expected: `find: in the operation ${operation.name} of the profile, or an api trigger`,
    });
  for (const [name, value] of Object.entries(command.values)) {
    const asked = calibration?.parameters[name];
    if (asked === undefined || String(asked) === value) continue;
    problems.push({
      path: 'trigger.command',
      message: `the command says ${name} ${JSON.stringify(value)}, the calibration ${JSON.stringify(asked)}`,
      expected: `{${name}} in the command, which stands for the calibration's`,
    });
  }
}

/** What is started: the trigger itself, or, where it looks at or cancels an operation, what the calibration row is for. */
function starterOf(
  profile: Profile,
  endpoint: Named<Endpoint> | undefined,
  row: Named<CalibrationRow> | undefined,
  category: Category,
): Named<Endpoint> | undefined {
  if (endpoint?.starts !== undefined) return endpoint;
  const forRow = row && endpointNamed(profile, row.endpoint);
  const aboutOne = endpoint === undefined || endpoint.path.includes('{id}');
  return aboutOne && category !== 'error' && forRow?.starts !== undefined ? forRow : undefined;
}

function operationNamed(profile: Profile, name: string): Named<Operation> | undefined {
  const found = profile.operations[name];
  return found && { ...found, name };
}

function startersOf(profile: Profile): readonly string[] {
  return Object.entries(profile.endpoints).flatMap(([name, one]) =>
    one.starts === undefined ? [] : [name],
  );
}
