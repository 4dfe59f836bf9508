import { isMapping } from '../mapping.ts';
import type { Profile } from './schema.ts';

/**
 * The profile as it is of one of its versions: what `changes` says is merged into it (RFC 7396: objects key by key, null takes a
 * key away, anything else replaces). It then has that version as its default, and its changes lead back. An unknown version, or
 * none, leaves it as it is.
 */
export function atVersion(profile: Profile, version: string | undefined): Profile {
  const { versions } = profile;
  if (version === undefined || version === versions.default || !(version in versions.known))
    return profile;
  const there = bodyAt(profile, version);
  const known = Object.fromEntries(
    Object.entries(versions.known).map(([name, one]) => [
      name,
      { ...one, changes: changesBetween(there, bodyAt(profile, name)) as Members },
    ]),
  );
  // Each version was judged when the profile was read.
  return { ...there, versions: { ...versions, default: version, known } } as Profile;
}

type Members = { readonly [key: string]: unknown };

function bodyAt({ versions, ...body }: Profile, version: string): Members {
  return merged(body, versions.known[version]?.changes ?? {}) as Members;
}

/** A value with changes merged into it (RFC 7396). */
export function merged(value: unknown, changes: unknown): unknown {
  if (!isMapping(changes)) return changes;
  const before = isMapping(value) ? value : {};
  const kept = Object.entries(before).filter(([key]) => changes[key] !== null);
  const result: { [key: string]: unknown } = Object.fromEntries(kept);
  for (const [key, change] of Object.entries(changes))
    if (change !== null) result[key] = merged(before[key], change);
  return result;
}

/** The changes that make one value another. */
export function changesBetween(from: unknown, to: unknown): unknown {
  if (!isMapping(from) || !isMapping(to)) return to;
  const gone = Object.keys(from).filter((key) => to[key] === undefined);
  const changed = Object.entries(to).filter(
    ([key, value]) => JSON.stringify(from[key]) !== JSON.stringify(value),
  );
  return Object.fromEntries([
    ...gone.map((key) => [key, null]),
    ...changed.map(([key, value]) => [key, changesBetween(from[key], value)]),
  ]) as Members;
}
