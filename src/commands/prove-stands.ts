import { exitCodes, Told } from '../errors.ts';
import type { Project } from '../io/project.ts';
import type { ProveSetting } from '../prove/prove.ts';
import { replayable } from '../replay/keep.ts';
import { replayStand } from '../replay/stand.ts';
import { sandboxes, type SandboxSetting } from '../run/sandboxes.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Io } from './io.ts';

/** The system as it was recorded, or why it cannot be played. */
export function standOf(
  scenario: Resolved,
  project: Project,
  io: Io,
): Required<Pick<ProveSetting, 'stand'>> | { readonly why: string } {
  const found = replayable(scenario, project);
  if ('why' in found) return found;
  const { recorded, changed } = found;
  if (changed)
    io.stderr.write(
      `warning: ${scenario.id} has other checks than when it was recorded (${recorded.when.slice(0, 10)}): where it asks for what was not recorded, record again\n`,
    );
  return { stand: (one, speed) => replayStand(one, recorded, speed) };
}

/** For each scenario, why no sandbox stands in for its services; undefined where one does. */
export async function unservedOf(
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
