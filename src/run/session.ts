import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ignoredFolder } from '../io/library.ts';
import type { Project } from '../io/project.ts';

const sessionSchema = z.object({
  /** What was to be run, in this order, each so many times. */
  planned: z.array(
    z.object({ id: z.string(), name: z.string(), domain: z.string(), category: z.string() }),
  ),
  repeat: z.number(),
  /** What was run, every try, as it ended. */
  runs: z.array(
    z.object({ id: z.string(), round: z.number(), folder: z.string(), well: z.boolean() }),
  ),
});

/** What `scenario run` did last: for `--failed`, and for reports made later. */
export type Session = z.infer<typeof sessionSchema>;

const fileName = 'last-run.json';

/** Keeps the session; it is written again after each run, so that one that is killed has its part. */
export function keepSession(project: Project, session: Session): void {
  const path = join(ignoredFolder(project), fileName);
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(session)}\n`);
  renameSync(`${path}.${process.pid}`, path);
}

/** The last session; undefined when there was none, or it cannot be read. */
export function lastSession(project: Project): Session | undefined {
  try {
    const text = readFileSync(join(project.root, '.scenario', fileName), 'utf8');
    return sessionSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The ids of a session that were not green in every round, or not begun at all, in their order. */
export function notWell({ planned, repeat, runs }: Session): readonly string[] {
  return planned.flatMap(({ id }) => {
    const rounds = Array.from({ length: repeat }, (_, index) =>
      runs.findLast((run) => run.id === id && run.round === index + 1),
    );
    return rounds.every((run) => run?.well === true) ? [] : [id];
  });
}
