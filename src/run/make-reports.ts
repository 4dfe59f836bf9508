import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { Told } from '../errors.ts';
import type { Project } from '../io/project.ts';
import { readTemplate } from '../io/project.ts';
import type { Asked, Format } from '../report/formats.ts';
import { notBegun, type Report, type ReportedRun } from '../report/run.ts';
import { spareSource } from './spare-sources.ts';
import { readRunFolder, type Heads } from './read-folder.ts';
import type { Session } from './session.ts';

/** Where reports are written. */
export interface Place {
  readonly project: Project;
  /** Folder that a file's name starts from. */
  readonly here: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** Takes the report that is asked for as `-`; absent where standard output is for other things. */
  readonly print?: (text: string) => void;
}

/** What stands in a page of each file of the evidence, by the number of runs: it must open in a browser. */
function headFor(runs: number): Heads {
  if (runs <= 20) return { green: 4_000, red: 8_000, picture: 1_000_000 };
  return runs <= 100
    ? { green: 800, red: 4_000, picture: 300_000 }
    : { green: 0, red: 2_000, picture: 100_000 };
}

/** The runs of a session, those that were not begun among them. */
export function runsOf(
  { planned, repeat, runs }: Session,
  project: Project,
): readonly ReportedRun[] {
  const head = headFor(runs.length);
  return planned.flatMap((scenario) =>
    Array.from({ length: repeat }, (_, index) => index + 1).flatMap((round) => {
      const own = runs.filter((run) => run.id === scenario.id && run.round === round);
      return own.length === 0
        ? [notBegun(scenario, round)]
        : own.map(({ folder }) => readRunFolder(project.root, folder, head));
    }),
  );
}

/** The runs of some folders; several of one scenario count as its rounds. */
export function runsIn(folders: readonly string[], project: Project): readonly ReportedRun[] {
  const rounds = new Map<string, number>();
  return folders.map((folder) => {
    const run = readRunFolder(project.root, folder, headFor(folders.length));
    const round = (rounds.get(run.id) ?? 0) + 1;
    rounds.set(run.id, round);
    return { ...run, round };
  });
}

/** Makes the reports that were asked for; gives the files, as they can be shown. */
export async function makeReports(
  asked: readonly Asked[],
  runs: readonly ReportedRun[],
  place: Place,
  more: Pick<Report, 'nothing'> = {},
): Promise<readonly string[]> {
  const report: Report = { project: basename(place.project.root), runs, ...more };
  return Promise.all(asked.map(async (one) => await makeReport(one, report, place)));
}

async function makeReport(asked: Asked, report: Report, place: Place): Promise<string> {
  const path = fileOf(asked, place);
  if (asked.file === '-') {
    place.print?.(await textOf(asked.format, report, place, resolve(place.here, 'x')));
    return '-';
  }
  try {
    if (asked.file === undefined) {
      const { githubReport, summaryLimit } = await import('../report/github.ts');
      const used = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      appendFileSync(path, githubReport(report, summaryLimit - used));
    } else {
      const text = await textOf(asked.format, report, place, path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  } catch (error) {
    throw new Told(
      `the report cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      {
        code: 'report',
        where: path,
        cure: 'name a file that can be written; `scenario report` makes it again from what was run',
        cause: error,
      },
    );
  }
  return path.startsWith(place.here) ? relative(place.here, path) : path;
}

/** Throws when a report could not be placed; called before anything is run, too. */
export function fileOf({ format, file }: Asked, { here, env, print }: Place): string {
  if (file === '-' && print === undefined)
    throw new Told('standard output is taken here', {
      code: 'usage',
      where: '--report',
      cure: 'name a file; `scenario report` without --json prints a report with `-`',
    });
  if (file !== undefined) {
    const path = resolve(here, file);
    spareSource(format, path);
    return path;
  }
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') return summary;
  throw new Told('there is no step summary here: GITHUB_STEP_SUMMARY is not set', {
    code: 'usage',
    where: '--report github',
    cure: 'name a file: --report github=summary.md',
  });
}

async function textOf(
  format: Format,
  report: Report,
  { project }: Place,
  path: string,
): Promise<string> {
  switch (format) {
    case 'tap':
      return (await import('../report/tap.ts')).tapReport(report);
    case 'junit':
      return (await import('../report/junit.ts')).junitReport(report);
    case 'ctrf':
      return (await import('../report/ctrf.ts')).ctrfReport(report);
    case 'github':
      return (await import('../report/github.ts')).githubReport(report);
    case 'html': {
      const { htmlReport } = await import('../report/html.ts');
      return htmlReport(report, {
        style: readTemplate(project, 'report.css'),
        script: readTemplate(project, 'report.js'),
        toFolders: relative(dirname(path), project.root).replaceAll('\\', '/'),
      });
    }
  }
}
