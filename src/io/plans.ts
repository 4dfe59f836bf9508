import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** A document that was named on the command line, or found in a folder that was. */
export interface PlanFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Documents, and those that could not be read, each with the reason. */
export interface PlanFiles {
  readonly files: readonly PlanFile[];
  readonly unread: readonly { readonly path: string; readonly message: string }[];
}

/** Reads Markdown files; a folder stands for all of them below it. Throws {@link Told} for what isn't there. */
export function readPlanFiles(
  named: readonly string[],
  places: { readonly here: string; readonly root: string },
): PlanFiles {
  const files: PlanFile[] = [];
  const unread: { path: string; message: string }[] = [];
  const full = [...new Set(named.flatMap((one) => markdownAt(resolve(places.here, one), one)))];
  for (const file of full) {
    const path = relative(places.root, file).split(sep).join('/');
    const text = readFileSync(file, 'utf8');
    if (text.includes('\0')) unread.push({ path, message: 'is no text' });
    else files.push({ path, text });
  }
  return { files, unread };
}

function markdownAt(path: string, named: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw notThere(path, named);
  if (!found.isDirectory()) return [path];
  const below = markdownBelow(path);
  if (below.length > 0) return below;
  throw new Told('there is no Markdown file in this folder', {
    code: 'no-plan',
    where: named,
    cure: 'name a plan, or the folder that holds plans',
  });
}

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return markdownBelow(path);
      return entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name) ? [path] : [];
    });
}

function notThere(path: string, named: string): Told {
  const folder = dirname(path);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const close = isFolder ? nearest(basename(path), readdirSync(folder)) : undefined;
  return new Told('there is no such file', {
    code: 'no-plan',
    where: named,
    cure:
      close === undefined
        ? 'name a plan in Markdown, or a folder of plans'
        : `did you mean ${join(dirname(named), close)}?`,
  });
}
