import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Told } from '../errors.ts';
import { isErrno } from '../io/errno.ts';
import type { Project } from '../io/project.ts';

/** A setting and where it came from. */
export interface Setting {
  readonly value: string;
  /** `environment`, the env file as it was named, `.env.sandbox`, or `default`. */
  readonly origin: string;
}

/** Gives the value of a variable, or the default. */
export type Settings = (name: string, otherwise: string) => Setting;

/**
 * The settings as the scripts of this project find them (contract, section 4): environment, `SCENARIO_ENV_FILE`, the nearest
 * `.env.sandbox` from the scripts upward to the repository's root, the default. Files are parsed, never sourced.
 */
export function readSettings(
  project: Project,
  env: { readonly [name: string]: string | undefined },
): Settings {
  const named = env['SCENARIO_ENV_FILE'];
  const found: (readonly [origin: string, values: ReadonlyMap<string, string>])[] = [];
  if (named !== undefined && named !== '') found.push([named, parsed(namedFile(project, named))]);
  const near = nearestSandbox(join(project.root, project.output));
  if (near !== undefined) found.push(['.env.sandbox', parsed(readFileSync(near, 'utf8'))]);
  return (name, otherwise) => {
    const given = env[name];
    if (given !== undefined && given !== '') return { value: given, origin: 'environment' };
    for (const [origin, values] of found) {
      const value = values.get(name);
      if (value !== undefined) return { value, origin };
    }
    return { value: otherwise, origin: 'default' };
  };
}

function namedFile(project: Project, path: string): string {
  try {
    return readFileSync(resolve(project.root, path), 'utf8');
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Told('the env file cannot be read', {
      code: 'cannot-read',
      where: `SCENARIO_ENV_FILE=${path}`,
      cure: 'unset SCENARIO_ENV_FILE, or name a file that can be read',
      cause: error,
    });
  }
}

function nearestSandbox(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, '.env.sandbox');
    if (existsSync(path)) return path;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined;
  }
}

/** `KEY=VALUE` lines as the scripts read them: `export` before, quotes and a comment after are allowed; the last line of a key wins. */
export function parsed(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    const line = raw.replace(/\r$/, '');
    const [, key, rest = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    const value = valueOf(rest);
    if (key !== undefined && value !== undefined) values.set(key, value);
  }
  return values;
}

function valueOf(text: string): string | undefined {
  const quote = /^['"]/.exec(text)?.[0];
  if (quote !== undefined) {
    return new RegExp(`^${quote}([^${quote}]*)${quote}\\s*(?:#.*)?$`).exec(text)?.[1];
  }
  return text.startsWith('#') ? '' : text.replace(/\s#.*$/, '').trimEnd();
}
