import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Told } from '../errors.ts';
import { askedReport } from '../report/formats.ts';
import { fileOf, makeReports, runsIn, runsOf } from '../run/make-reports.ts';
import type { ReportedRun } from '../report/run.ts';
import { lastSession } from '../run/session.ts';
import type { Project } from '../io/project.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario report`. */
export interface ReportOptions extends Common {
  /** Folders of runs; none for the last `scenario run`. */
  readonly folders: readonly string[];
  /** As they are asked for, such as `html=report.html`. */
  readonly reports: readonly string[];
}

/** Makes reports from what was run, finished or cut off; runs nothing. */
export async function reportCommand(options: ReportOptions, io: Io): Promise<number> {
  const { project } = await openFor(options, io);
  const print = (text: string): void => void io.stdout.write(text);
  const place = { project, here: options.here, env: io.env, ...(options.json ? {} : { print }) };
  const asked = options.reports.map(askedReport);
  if (asked.length === 0)
    throw new Told('no report is asked for', {
      code: 'usage',
      where: '--report',
      cure: 'name one: --report html=report.html',
    });
  for (const one of asked) fileOf(one, place);
  const runs = runsFor(options, project);
  const files = await makeReports(asked, runs, place);
  if (options.json) writeJson(io, { files, runs: runs.length });
  else for (const file of files) if (file !== '-') io.stderr.write(`report: ${file}\n`);
  return 0;
}

function runsFor({ folders, here }: ReportOptions, project: Project): readonly ReportedRun[] {
  if (folders.length > 0) {
    const shown = folders.map((folder) => folderOf(folder, here, project));
    return runsIn(shown, project);
  }
  const session = lastSession(project);
  if (session !== undefined) return runsOf(session, project);
  throw new Told('nothing was run yet', {
    code: 'nothing-selected',
    where: '.scenario/last-run.json',
    cure: 'run something: scenario run --all --sandbox',
  });
}

/** A run's folder from the project's root, with `/`. */
function folderOf(folder: string, here: string, project: Project): string {
  const path = resolve(here, folder);
  if (existsSync(join(path, 'events.ndjson')))
    return relative(project.root, path).replaceAll('\\', '/');
  throw new Told('this is no folder of a run: it has no events.ndjson', {
    code: 'no-such-run',
    where: folder,
    cure: 'name one of .scenario/runs/, or none for the last run',
  });
}
