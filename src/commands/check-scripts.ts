import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Told } from '../errors.ts';
import type { Finding } from '../lint/finding.ts';
import { tooLarge } from '../lint/input.ts';
import { lintScript } from '../lint/lint.ts';
import { nearest } from '../nearest.ts';

/** What is wrong with the scripts that were named. */
export interface ScriptsJudged {
  readonly findings: readonly Finding[];
  /** How many were named. */
  readonly judged: number;
  /** Findings that a comment takes back. */
  readonly ignored: number;
  /** None could be judged: they are no bash scripts. */
  readonly isUnread: boolean;
}

/** Which of the arguments of `check` are ids of scenarios, and which are files: one that is there, or is written like one. */
export function splitArguments(
  given: readonly string[],
  here: string,
): { readonly ids: readonly string[]; readonly paths: readonly string[] } {
  const isFile = (argument: string): boolean => {
    if (/\.(?:ba)?sh$|^\.{0,2}\//.test(argument)) return true;
    const path = resolve(here, argument);
    return existsSync(path) && statSync(path).isFile();
  };
  return {
    ids: given.filter((argument) => !isFile(argument)),
    paths: [...new Set(given.filter(isFile))],
  };
}

/** Judges bash scripts. Throws a {@link Told} for a path that is no file, before any is judged. */
export function judgeScripts(paths: readonly string[], here: string): ScriptsJudged {
  for (const path of paths) mustBeFile(path, here);
  const all = paths.map((path) => judgeScript(path, resolve(here, path)));
  return {
    findings: all.flatMap(({ findings }) => findings),
    judged: paths.length,
    ignored: all.reduce((sum, { ignored }) => sum + ignored, 0),
    isUnread:
      all.length > 0 &&
      all.every(({ unread, findings }) => unread || findings.length === 0) &&
      all.some(({ unread }) => unread),
  };
}

/** Judges the script in one file; the findings name it by the given path. */
export function judgeScript(path: string, file: string): ReturnType<typeof lintScript> {
  const large = tooLarge(statSync(file).size, path);
  if (large !== undefined) return { findings: [large], ignored: 0, unread: true };
  return lintScript(readFileSync(file), path);
}

function mustBeFile(path: string, here: string): void {
  const file = resolve(here, path);
  if (existsSync(file)) {
    if (statSync(file).isFile()) return;
    throw new Told('is a folder, where a script should be', {
      code: 'no-script',
      where: path,
      cure: `name scripts: scenario check ${join(path, '*.sh')}`,
    });
  }
  const folder = dirname(file);
  const beside = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  const close = nearest(basename(file), beside);
  throw new Told('there is no such script', {
    code: 'no-script',
    where: path,
    cure:
      close === undefined
        ? 'name a file that is there'
        : `did you mean ${join(dirname(path), close)}?`,
  });
}
