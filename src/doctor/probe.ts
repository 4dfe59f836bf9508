import { execFile } from 'node:child_process';
import { isErrno } from '../io/errno.ts';
import type { Command } from './commands.ts';

/** Real milliseconds within which a program must tell its version. */
const patience = 10_000;

/** What the first of a command's programs that is there prints as its version; undefined when none is, or none works. */
export async function versionText(
  { programs, anyEnd = false }: Command,
  env: { readonly [name: string]: string | undefined },
): Promise<string | undefined> {
  for (const [program = '', ...words] of programs) {
    const said = await new Promise<string | undefined>((resolve) => {
      execFile(program, words, { env: { ...env }, timeout: patience }, (error, stdout, stderr) => {
        const there = !error || (anyEnd && !isErrno(error, 'ENOENT', 'EACCES'));
        resolve(there ? `${stdout}${stderr}`.trim() : undefined);
      });
    });
    if (said !== undefined) return said;
  }
  return undefined;
}
