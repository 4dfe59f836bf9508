import { nearest } from '../nearest.ts';
import type { Context } from './context.ts';
import type { FileReader } from './acts.ts';

/** How files of a service are looked at; undefined, with a problem noted, when the profile doesn't say. */
export function fileReaderOf(
  { profile, problems }: Context,
  service: string,
  { path, newer }: { readonly path: string; readonly newer: boolean },
): FileReader | undefined {
  const files = profile.services[service]?.files;
  const known = Object.keys(profile.services).filter((name) => profile.services[name]?.files);
  if (!files) {
    const close = nearest(service, known);
    problems.push({
      path,
      message: `the profile doesn't say how files of ${JSON.stringify(service)} are read`,
      expected:
        known.length === 0
          ? "files: { read: [docker, compose, exec, -T, till, cat, '{path}'], … } at a service of the profile"
          : known.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
    return undefined;
  }
  const { read, modified, cure } = files;
  if (newer && !modified) {
    problems.push({
      path: path.replace(/in$/, 'newer'),
      message: `the profile doesn't say how to learn when a file of ${service} was written`,
      expected: `modified: [docker, …, stat, -c, '%.9Y', '{path}'] beside its \`read\``,
    });
    return undefined;
  }
  return { service, read, cure, ...(modified ? { modified } : {}) };
}
