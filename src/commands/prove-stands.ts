import { exitCodes, Told } from '../errors.ts';
import type { Project } from '../io/project.ts';
import type { ProveSetting } from '../prove/prove.ts';
import { replayable } from '../replay/keep.ts';
import { replayStand } from '../replay/stand.ts';
import { sandboxes, type SandboxSetting } from '../run/sandboxes.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Io } from './io.ts';

/** What a scenario is proven on. */
type Stand =
  | { readonly on: 'sandbox' }
  | { readonly on: 'replay'; readonly stand: NonNullable<ProveSetting['stand']> }
  | { readonly why: string };

/** For each scenario what it is proven on, or why it cannot be: the sandbox or, with `replay`, its recording; with `wherePossible` one or the other. */
export async function standsOf(
  scenarios: readonly Resolved[],
  options: { readonly replay: boolean; readonly wherePossible: boolean },
  versions: Pick<SandboxSetting, 'version' | 'defaultVersion'>,
  project: Project,
  io: Io,
): Promise<readonly Stand[]> {
  if (options.replay) return scenarios.map((one) => standOf(one, project, io));
  const unserved = await unservedOf(scenarios, versions);
  return scenarios.map((one, index): Stand => {
    const why = unserved[index];
    if (why === undefined) return { on: 'sandbox' };
    if (!options.wherePossible) return { why };
    const stand = standOf(one, project, io);
    return 'why' in stand ? { why: `${why}; ${stand.why}` } : stand;
  });
}

/** Tells which scenarios are passed over, and why. */
export function tellPassedOver(
  passed: readonly { readonly id: string; readonly why: string }[],
  io: Io,
): void {
  for (const { id, why } of passed) io.stderr.write(`not proven: ${id}: ${why}\n`);
}

/** The system as it was recorded, or why it cannot be played. */
function standOf(
  scenario: Resolved,
  project: Project,
  io: Io,
): Exclude<Stand, { readonly on: 'sandbox' }> {
  const found = replayable(scenario, project);
  if ('why' in found) return found;
  const { recorded, changed } = found;
  if (changed)
    io.stderr.write(
      `warning: ${scenario.id} has other checks than when it was recorded (${recorded.when.slice(0, 10)}): where it asks for what was not recorded, record again\n`,
    );
  return { on: 'replay', stand: (one, speed) => replayStand(one, recorded, speed) };
}

/** For each scenario, why no sandbox stands in for its services; undefined where one does. */
async function unservedOf(
  scenarios: readonly Resolved[],
  versions: Pick<SandboxSetting, 'version' | 'defaultVersion'>,
): Promise<readonly (string | undefined)[]> {
  const boxes = sandboxes({ speed: 1, ...versions });
  try {
    const found = await Promise.all(scenarios.map((one) => boxes.for(one)));
    return found.map((one) => ('why' in one ? one.why : undefined));
  } finally {
    await boxes.close();
  }
}

export function noSandbox(reasons: readonly (string | undefined)[]): Told {
  return new Told([...new Set(reasons)].join('; '), {
    code: 'no-sandbox',
    exitCode: exitCodes.notWell,
    cure: 'a proof plants faults in front of the embedded services, so only scenarios that use these alone can be proven so; of others record a green run (scenario run ID --record-exchanges), and prove them with --replay',
  });
}
