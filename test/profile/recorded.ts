import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/scenario/comparators.ts';
import { root } from './ktrdr.ts';

/** One request and what came back. */
export interface Exchange {
  readonly request: { readonly method: string; readonly path: string; readonly body: Json };
  readonly response: { readonly status: number | null; readonly body: Json };
}

/** One look of a recorded poll. */
export interface Look {
  readonly t: number;
  readonly http: number;
  readonly status: string;
  readonly body: Json;
}

/** A recorded exchange, with the looks that followed. */
export interface Recording extends Exchange {
  readonly name: string;
  readonly service: string;
  readonly series?: readonly Look[];
  readonly start?: Exchange;
  readonly delete_first?: Exchange['response'];
  readonly second_series?: readonly Look[];
}

/** Sets of recordings: the trimmed ones that are kept here, and all of them where the shared material is. */
export const recordingSets = [
  {
    title: 'trimmed recordings',
    all: false,
    folders: [
      join(root, 'test/fixtures/recordings'),
      join(root, 'test/fixtures/profile-recordings'),
    ],
  },
  {
    title: 'all recordings in ../shared',
    all: true,
    folders: [join(root, '../shared/ktrdr/recordings')],
  },
].map(({ title, all, folders }) => ({
  title,
  all,
  folders,
  there: folders.some((folder) => existsSync(folder)),
}));

/** The exchanges of some folders, without those of the command line. */
export function readRecordings(folders: readonly string[]): Recording[] {
  return filesIn(folders, /^(?!cli-).*\.json$/)
    .map(({ text }) => JSON.parse(text) as Recording)
    .filter(({ request, response }) => request && response);
}

/** The logs of some folders: name without ending, and lines. */
export function readLogs(folders: readonly string[]): {
  readonly name: string;
  readonly lines: readonly string[];
}[] {
  return filesIn(folders, /^logs-.*\.txt$/).map(({ name, text }) => ({
    name: name.replace(/\.txt$/, ''),
    lines: text.split('\n'),
  }));
}

function filesIn(folders: readonly string[], pattern: RegExp): { name: string; text: string }[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => pattern.test(name))
        .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
    );
}
