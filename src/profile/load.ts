import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Profile } from './schema.ts';
import type { ProfileFile } from './sources.ts';

/** Where profiles are looked for. */
export interface ProfilePlaces {
  /** The project's root: its own `profiles/<name>/` come first, and relative folders start here. */
  readonly root: string;
  /** The folder of this module or bundle, from which the shipped profiles are found upward; only tests give another. */
  readonly module?: string;
}

/**
 * Reads a profile: by name from `<root>/profiles/<name>/` or from those that are shipped with this package, or by a
 * folder (anything with a slash or a dot). Throws one {@link Told} with everything that is wrong.
 */
export async function loadProfile(nameOrFolder: string, places: ProfilePlaces): Promise<Profile> {
  const isFolder = /[./\\]/.test(nameOrFolder);
  const own = isFolder
    ? resolve(places.root, nameOrFolder)
    : join(places.root, 'profiles', nameOrFolder);
  if (await isDirectory(own)) return readFolder(own, places.root);
  if (isFolder) throw notThere(nameOrFolder, [], shownPath(own, places.root));
  const folders = await shippedFolders(places.module ?? dirname(fileURLToPath(import.meta.url)));
  const found = await Promise.all(folders.map((folder) => shippedIn(folder, nameOrFolder)));
  const read = found.find((one) => one !== undefined);
  if (read) return read(places.root);
  const names = await Promise.all([join(places.root, 'profiles'), ...folders].map(namesIn));
  throw notThere(nameOrFolder, [...new Set(names.flat())], shownPath(own, places.root));
}

/** The YAML files of a profile's folder, in the order of their names; those of its versions after them. */
export async function profileFiles(folder: string, root: string): Promise<ProfileFile[]> {
  const own = await yamlFiles(folder, root);
  const versions = await yamlFiles(join(folder, 'versions'), root);
  return [
    ...own,
    ...versions.map((file) => ({ ...file, version: basename(file.path).replace(yaml, '') })),
  ];
}

const yaml = /\.ya?ml$/;

async function yamlFiles(folder: string, root: string): Promise<ProfileFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => yaml.test(name));
  return Promise.all(
    names.toSorted().map(async (name) => ({
      path: shownPath(join(folder, name), root),
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

async function readFolder(folder: string, root: string): Promise<Profile> {
  const files = await profileFiles(folder, root);
  if (files.length === 0)
    throw new Told(`the profile's folder holds no YAML file`, {
      code: 'invalid-profile',
      where: shownPath(folder, root),
      cure: 'put its files there: profile.yaml, services.yaml, endpoints.yaml, …',
    });
  return (await import('./parse.ts')).parseProfile(files);
}

type Read = (root: string) => Promise<Profile>;

/** How to read the profile of this name in a folder of shipped ones: compiled if there, else from its YAML files. */
async function shippedIn(folder: string, name: string): Promise<Read | undefined> {
  const compiled = await readIfThere(join(folder, `${name}.json`));
  if (compiled !== undefined) return async () => JSON.parse(compiled) as Profile; // made by compileProfile, so valid
  const own = join(folder, name);
  return (await isDirectory(own)) ? (root) => readFolder(own, root) : undefined;
}

/** The `profiles` folders from the module's folder up to its package's root: beside a bundle first. */
async function shippedFolders(module: string): Promise<string[]> {
  const parents = upward(module);
  const isPackage = await Promise.all(
    parents.map(async (folder) => (await readIfThere(join(folder, 'package.json'))) !== undefined),
  );
  const top = isPackage.indexOf(true);
  const inside = top === -1 ? parents : parents.slice(0, top + 1);
  const folders = inside.map((folder) => join(folder, 'profiles'));
  const there = await Promise.all(folders.map(isDirectory));
  return folders.filter((_folder, index) => there[index]);
}

function upward(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upward(parent)];
}

function notThere(name: string, names: readonly string[], where: string): Told {
  const near = nearest(name, names);
  const hint = near
    ? `; did you mean ${near}?`
    : names.length > 0
      ? `; there is ${names.join(', ')}`
      : '';
  return new Told(`there is no profile ${name}${hint}`, {
    code: 'unknown-profile',
    where: `profile ${name}`,
    cure: `name one that is there in scenario.config.yaml, or make it in ${where}: scenario profile init ${basename(where)}`,
    ...(near
      ? { issues: [{ path: 'profile', message: `there is no profile ${name}`, nearest: near }] }
      : {}),
  });
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return [entry.name];
    return entry.name.endsWith('.json') ? [entry.name.slice(0, -'.json'.length)] : [];
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/** Relative to the root where that is shorter to read. */
function shownPath(path: string, root: string): string {
  const shown = relative(root, path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}
