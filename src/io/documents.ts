import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { isErrno } from './errno.ts';
import type { Project } from './project.ts';

/** A document that was named on the command line, or found in a folder that was. */
export interface DocumentFile {
  /** From the project's root, with `/`; as it was named where it lies outside. */
  readonly path: string;
  readonly full: string;
  readonly text: string;
}

/** Documents, and those that could not be read, each with the reason and the cure. */
export interface Documents {
  readonly files: readonly DocumentFile[];
  readonly unread: readonly Unread[];
}

/** A document that could not be read. */
export interface Unread {
  readonly path: string;
  readonly message: string;
  readonly cure: string;
}

/** More bytes than any document has; the reader of Markdown stops long before. */
const mostBytes = 200_000_000;

/**
 * Reads Markdown files; a folder stands for all of them below it, but for the guide and the scenarios' own documents, which are
 * made of what is there already. What cannot be read keeps nothing else from being read.
 */
export function readDocuments(
  named: readonly string[],
  here: string,
  { root, guide, output }: Pick<Project, 'root' | 'guide' | 'output'>,
): Documents {
  const isMade = (full: string): boolean => {
    const path = pathOf(full, full, root);
    return path === guide || path.startsWith(`${output}/`);
  };
  const files: DocumentFile[] = [];
  const unread: Unread[] = [];
  const seen = new Set<string>();
  for (const one of named)
    for (const found of filesAt(resolve(here, one), one, isMade)) {
      if ('message' in found) unread.push(found);
      else if (!seen.has(found.full)) {
        seen.add(found.full);
        const path = pathOf(found.full, found.path, root);
        const read = readOne(found.full, path);
        if ('message' in read) unread.push(read);
        else files.push(read);
      }
    }
  return { files, unread };
}

function pathOf(full: string, named: string, root: string): string {
  const inside = relative(root, full).split(sep).join('/');
  return inside.startsWith('../') ? named : inside;
}

function readOne(full: string, path: string): DocumentFile | Unread {
  try {
    if (statSync(full).size > mostBytes)
      return {
        path,
        message: 'is larger than 200 MB',
        cure: 'name a file of the part that matters',
      };
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(full),
    );
    return text.includes('\0')
      ? { path, message: 'is no text', cure: 'name a Markdown file' }
      : { path, full, text };
  } catch (error) {
    if (error instanceof TypeError)
      return { path, message: 'is no UTF-8 text', cure: 'name a Markdown file, saved as UTF-8' };
    return { path, message: reason(error), cure: 'see that it can be read' };
  }
}

function reason(error: unknown): string {
  if (isErrno(error, 'EACCES')) return 'may not be read';
  return error instanceof Error ? error.message : String(error);
}

/** What is told when none of the documents could be read. */
export function nothingRead(unread: readonly Unread[]): Told {
  const [first] = unread;
  return new Told(`the document ${first?.message ?? 'is not there'}`, {
    code: 'no-document',
    where: first?.path ?? '',
    cure: first?.cure ?? 'name a Markdown file',
    issues: unread.map(({ path, message, cure }) => ({ path, message, expected: cure })),
  });
}

type Found = Unread | { readonly full: string; readonly path: string };

function filesAt(full: string, named: string, isMade: (full: string) => boolean): readonly Found[] {
  try {
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) return [notThere(full, named)];
    if (!found.isDirectory()) return [{ full, path: named }];
    const below = markdownBelow(full)
      .map((path) => ({
        full: join(full, path),
        path: join(named, path).split(sep).join('/'),
      }))
      .filter((one) => !isMade(one.full));
    if (below.length > 0) return below;
    return [
      {
        path: named,
        message: 'holds no Markdown file',
        cure: 'name a Markdown file, or the folder that holds them',
      },
    ];
  } catch (error) {
    return [{ path: named, message: reason(error), cure: 'see that it can be read' }];
  }
}

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      if (entry.isDirectory())
        return markdownBelow(join(folder, entry.name)).map((path) => join(entry.name, path));
      return entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name) ? [entry.name] : [];
    });
}

function notThere(full: string, named: string): Unread {
  const folder = dirname(full);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const close = isFolder ? nearest(basename(full), readdirSync(folder)) : undefined;
  return {
    path: named,
    message: 'is not there',
    cure:
      close === undefined
        ? 'name a Markdown file, or a folder of them'
        : `did you mean ${join(dirname(named), close)}?`,
  };
}
