import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Told } from '../errors.ts';
import type { Format } from '../report/formats.ts';

/** How the reports of each format begin; of one that is only text, nothing can be told. */
const beginnings: { readonly [format in Format]?: RegExp } = {
  html: /^\s*<!doctype html/i,
  junit: /<testsuites?\b/,
  ctrf: /"(?:reportFormat|results)"/,
  tap: /^TAP version/,
};

/** Refuses to put a report in the place of a source: a file that git knows, and that is no report. Throws a {@link Told}. */
export function spareSource(format: Format, path: string): void {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    const beginning = readFileSync(path).subarray(0, 4096).toString('utf8');
    if (beginning.trim() === '' || beginnings[format]?.test(beginning) === true) return;
  }
  if (!isTracked(path)) return;
  throw new Told(`this file is in git, and is no ${format} report: it would be lost`, {
    code: 'exists',
    where: path,
    cure: `name another file, such as ${format}-report.${{ html: 'html', junit: 'xml', ctrf: 'json', tap: 'tap', github: 'md' }[format]}; or remove this one first`,
  });
}

/** Where there is no git, or no repository, nothing is known to be a source. */
function isTracked(path: string): boolean {
  try {
    execFileSync('git', ['-C', dirname(path), 'ls-files', '--error-unmatch', '--', path], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
