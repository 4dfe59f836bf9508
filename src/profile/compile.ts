import { profileSchema, type Profile } from './schema.ts';

/**
 * A shipped profile as JSON text: validated when the package was built, so that `loadProfile` reads it without YAML and zod.
 * The build writes it to `profiles/<name>.json` beside the bundle.
 */
export function compileProfile(profile: Profile): string {
  return `${JSON.stringify(profileSchema.parse(profile))}\n`;
}
