import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cannotWrite, isErrno } from '../io/errno.ts';
import { ignoredFolder } from '../io/library.ts';
import type { Project } from '../io/project.ts';

/** A fresh folder for one run's evidence. */
export interface RunFolder {
  readonly absolute: string;
  /** Relative to the project's root, with `/`. */
  readonly shown: string;
}

/**
 * Makes `.scenario/<kind>/<UTC time>-<slug>/`, with a number behind it where another run began in the same second. Throws a Told
 * where it cannot.
 */
export function makeRunFolder(
  project: Project,
  kind: 'runs' | 'proofs',
  slug: string,
  now: Date,
): RunFolder {
  try {
    const parent = join(ignoredFolder(project), kind);
    mkdirSync(parent, { recursive: true });
    const stamp = now.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
    const absolute = freshIn(parent, `${stamp}-${slug}`);
    return { absolute, shown: relative(project.root, absolute).replaceAll('\\', '/') };
  } catch (error) {
    throw cannotWrite(error, `.scenario/${kind}`);
  }
}

function freshIn(parent: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!isErrno(error) || error.code !== 'EEXIST') throw error;
    }
  }
}

/** The version that a service named in its health reply, where it did. */
export function versionIn(folder: string, service: string | undefined): string | undefined {
  if (service === undefined) return undefined;
  try {
    const body: unknown = JSON.parse(
      readFileSync(join(folder, `00-ready-${service}.body`), 'utf8'),
    );
    const version =
      typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
    return typeof version === 'string' && version.length <= 60 ? version : undefined;
  } catch {
    return undefined;
  }
}
