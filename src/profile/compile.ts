import { profileSchema, type Profile } from './schema.ts';

/**
 * A shipped profile as JSON text: validated when the package was built, so that reading it needs neither YAML nor zod.
 * The build writes it to `profiles/<name>.json` beside the bundle.
 */
export function compileProfile(profile: Profile): string {
  return `${JSON.stringify(profileSchema.parse(profile))}\n`;
}

/** The profile of a text that {@link compileProfile} made. */
export function readCompiled(text: string): Profile {
  return JSON.parse(text) as Profile;
}
