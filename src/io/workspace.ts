import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/schema.ts';
import { atVersion } from '../profile/versions.ts';
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
  const loaded = await loadProfile(project.profile, { root: project.root });
  const profile = ofItsVersion(loaded, project);
  const healed = await heal(project.root, project.staging);
  if (healed)
    note(`a commit that was cut short was ${healed === 'rolled-forward' ? 'completed' : 'undone'}`);
  return { project, profile };
}

/** The profile of the version that the project is about. Throws {@link Told} for one that the profile doesn't know. */
export function ofItsVersion(profile: Profile, { profileVersion }: Project): Profile {
  const { name, versions } = profile;
  const known = Object.keys(versions.known);
  if (profileVersion === undefined || known.includes(profileVersion))
    return atVersion(profile, profileVersion);
  const close = nearest(profileVersion, known);
  throw new Told(`the profile ${name} knows no version ${JSON.stringify(profileVersion)}`, {
    code: 'unknown-version',
    where: 'scenario.config.yaml: profileVersion',
    cure:
      close === undefined ? `use ${known.join(' or ')}, or leave it out` : `did you mean ${close}?`,
  });
}
