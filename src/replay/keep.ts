import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import { commitFiles, withProjectLock } from '../io/commit.ts';
import type { Project } from '../io/project.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import { exchangesName, largest, type Exchanges } from './exchanges.ts';
import { packed, unpacked } from './packed.ts';

/** What became of a recording: where it is, and of what it consists; or why it is not kept. */
export type Kept =
  { readonly path: string; readonly told: string } | { readonly id: string; readonly why: string };

/** Keeps the exchanges of a scenario beside it, unless they are too large. */
export async function keepExchanges(
  id: string,
  recorded: Exchanges,
  project: Project,
): Promise<Kept> {
  const path = pathOf(project, id);
  const text = `${JSON.stringify(packed(recorded), null, 1)}\n`;
  const size = Buffer.byteLength(text);
  if (size > largest)
    return {
      id,
      why: `${megabytes(size)}, and at most ${megabytes(largest)} are kept beside a scenario (${shares(recorded)}): use less data`,
    };
  await withProjectLock(project.root, project.staging, async () => {
    await commitFiles([{ path, text }], project);
  });
  const { exchanges, commands, files } = recorded;
  const more = [
    ...(commands.length === 0 ? [] : [`${commands.length} commands`]),
    ...(Object.keys(files).length === 0 ? [] : [`${Object.keys(files).length} files`]),
  ];
  const told = [`${exchanges.length} exchanges`, ...more, `${Math.ceil(size / 1000)} kB`].join(
    ', ',
  );
  return { path, told };
}

/** The recording beside a scenario; undefined where there is none. Throws a {@link Told} when it is broken. */
function readExchanges(id: string, project: Project): Exchanges | undefined {
  const path = pathOf(project, id);
  const full = join(project.root, path);
  if (!existsSync(full)) return undefined;
  try {
    return unpacked(JSON.parse(readFileSync(full, 'utf8')));
  } catch (error) {
    throw new Told('this recording is broken', {
      code: 'broken-record',
      exitCode: exitCodes.notWell,
      where: path,
      cure: `restore it from version control, or record again: scenario run ${id} --record-exchanges`,
      cause: error,
    });
  }
}

/** Whether a recording stands beside a scenario; it may be broken. */
export function hasRecording(id: string, project: Project): boolean {
  return existsSync(join(project.root, pathOf(project, id)));
}

/** The recording that a scenario is replayed from, or why it cannot be. */
export type Replayable =
  | {
      readonly recorded: Exchanges;
      /** The scenario's checks have changed since; its requests may have, too. */
      readonly changed: boolean;
    }
  | { readonly why: string };

/** Looks for the recording of a scenario. */
export function replayable(scenario: Resolved, project: Project): Replayable {
  const recorded = readExchanges(scenario.id, project);
  if (recorded === undefined)
    return {
      why: `there is no recording: make one with scenario run ${scenario.id} --record-exchanges`,
    };
  return { recorded, changed: recorded.checks !== checksHash(scenario) };
}

function pathOf(project: Project, id: string): string {
  return `${project.output}/${id}/${exchangesName}`;
}

function shares({ exchanges, logs, files }: Exchanges): string {
  const of = (value: object): string => megabytes(JSON.stringify(value).length);
  return `replies ${of(exchanges)}, logs ${of(logs)}, files ${of(files)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
