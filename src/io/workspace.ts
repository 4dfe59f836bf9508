import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/schema.ts';
import { heal } from './commit.ts';
import { openProject, type Project } from './project.ts';

/** A project with its profile, healed: what every command begins with. */
export interface Workspace {
  readonly project: Project;
  readonly profile: Profile;
}

/**
 * Opens the project of a folder and its profile. A commit that was cut short is completed or undone first, and told by `note`.
 */
export async function openWorkspace(cwd: string, note: (line: string) => void): Promise<Workspace> {
  const project = openProject(cwd);
  const profile = await loadProfile(project.profile, { root: project.root });
  checkVersion(project, profile);
  const healed = await heal(project.root, project.staging);
  if (healed)
    note(`a commit that was cut short was ${healed === 'rolled-forward' ? 'completed' : 'undone'}`);
  return { project, profile };
}

function checkVersion({ profileVersion }: Project, { name, versions }: Profile): void {
  if (profileVersion === undefined || profileVersion === versions.default) return;
  const known = Object.keys(versions.known);
  const close = nearest(profileVersion, known);
  const built = known.includes(profileVersion);
  throw new Told(
    built
      ? `the profile ${name} describes version ${versions.default} only; ${profileVersion} is not built yet`
      : `the profile ${name} knows no version ${JSON.stringify(profileVersion)}`,
    {
      code: 'unknown-version',
      where: 'scenario.config.yaml: profileVersion',
      cure:
        close === undefined || built
          ? `use ${versions.default}, or leave it out`
          : `did you mean ${close}?`,
    },
  );
}
