import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Told, type ExitCode } from '../errors.ts';
import { isErrno } from './errno.ts';

/**
 * The text of a project's file; undefined when it isn't there. Throws a {@link Told} for a folder in its place, and for bytes that
 * are not UTF-8: read as text and written back they would be lost.
 */
export function textAt(root: string, path: string, exitCode?: ExitCode): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(join(root, path)),
    );
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    const [what, cure] = reasonOf(error);
    throw new Told(what, {
      code: 'cannot-read',
      where: path,
      cure,
      cause: error,
      ...(exitCode === undefined ? {} : { exitCode }),
    });
  }
}

function reasonOf(error: unknown): readonly [what: string, cure: string] {
  if (isErrno(error, 'EISDIR')) return ['is a folder, where a file should be', 'move it away'];
  if (isErrno(error, 'ENOTDIR'))
    return ['lies below a file, where a folder should be', 'move that file away'];
  if (error instanceof TypeError)
    return ['is not UTF-8', 'save it as UTF-8: nothing of it shall be lost'];
  return [error instanceof Error ? error.message : String(error), 'see that it can be read'];
}
