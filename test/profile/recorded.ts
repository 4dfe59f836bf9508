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

/** Sets of recordings: the trimmed one that is kept here, and all of them where the shared material is. */
export const recordingSets = [
  { title: 'trimmed recordings', folder: join(root, 'test/fixtures/recordings') },
  { title: 'all recordings', folder: join(root, '../shared/ktrdr/recordings') },
].map(({ title, folder }) => ({
  title,
  folder,
  there: existsSync(folder),
  all: title.startsWith('all'),
}));

/** The exchanges of a folder, without those of the command line. */
export function readRecordings(folder: string): Recording[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('cli-'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording)
    .filter(({ request, response }) => request && response);
}

/** The logs of a folder: name without ending, and lines. */
export function readLogs(
  folder: string,
): { readonly name: string; readonly lines: readonly string[] }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^logs-.*\.txt$/.test(name))
    .map((name) => ({
      name: name.replace(/\.txt$/, ''),
      lines: readFileSync(join(folder, name), 'utf8').split('\n'),
    }));
}
