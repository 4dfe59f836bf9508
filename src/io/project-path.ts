import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Told } from '../errors.ts';
import { cannotWrite, isErrno } from './errno.ts';

/**
 * Where a '/'-separated path leads, links followed, relative to the root again.
 * Refuses what is not strictly inside the project, and git's own folder: a hook placed there would be executed.
 */
export function insideProject(root: string, path: string): string {
  refuseShape(path);
  const realRoot = followRoot(root);
  const place = relative(realRoot, followLinks(path, resolve(realRoot, path)));
  if (place === '' || place === '..' || place.startsWith(`..${sep}`) || isAbsolute(place)) {
    throw refusal(path, 'leads out of the project through a link', 'remove the link');
  }
  refuseGit(path, place);
  return place.split(sep).join('/');
}

function refuseShape(path: string): void {
  if (isAbsolute(path) || /^[a-z]:/i.test(path)) {
    throw refusal(path, 'is an absolute path', 'name it relative to the project');
  }
  if (path.includes('\0')) throw refusal(path, 'holds a NUL character', 'use a plain name');
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw refusal(path, 'is not a plain path inside the project', 'leave out "..", "." and "//"');
  }
}

function refuseGit(path: string, place: string): void {
  if (place.split(sep).some((part) => part.toLowerCase() === '.git')) {
    throw refusal(path, "is inside git's own folder", 'choose another folder');
  }
}

function followRoot(root: string): string {
  try {
    return realpathSync.native(root);
  } catch (error) {
    throw cannotWrite(error, root);
  }
}

/** Follows the part of the path that exists; the rest is as named. */
function followLinks(path: string, absolute: string): string {
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    if (isErrno(error, 'ELOOP')) throw refusal(path, 'is a link to itself', 'remove the link');
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw cannotWrite(error, path);
    if (isLink(absolute)) throw refusal(path, 'is a link to nowhere', 'remove the link');
    return join(followLinks(path, dirname(absolute)), basename(absolute));
  }
}

function isLink(absolute: string): boolean {
  try {
    return lstatSync(absolute).isSymbolicLink();
  } catch {
    return false;
  }
}

function refusal(path: string, what: string, cure: string): Told {
  return new Told(`${JSON.stringify(path)} ${what}`, { code: 'unsafe-path', where: path, cure });
}
