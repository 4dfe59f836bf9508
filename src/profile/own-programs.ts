import type { Profile } from './schema.ts';

/** First words of the system's own commands. */
export function ownPrograms({ cli }: Profile): readonly string[] {
  return [...new Set(cli.flatMap(({ argv }) => argv.slice(0, 1)))];
}
