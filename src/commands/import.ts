import { shortened } from '../draft/shortened.ts';
import { exitCodes, Told } from '../errors.ts';
import { unifiedDiffs } from '../files/diff.ts';
import { importAll, type Imported, type ImportedAll } from '../import/import.ts';
import { allRows } from '../io/library.ts';
import { makeScenarios, type Made } from '../io/make.ts';
import { nothingRead, readDocuments } from '../io/documents.ts';
import { readPlan } from '../milestone/milestones.ts';
import { shownLines } from '../run/paint.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario import`. */
export interface ImportOptions extends Common {
  readonly documents: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
  /** Programs of the documents become scripts of the scenarios; nothing runs them here. */
  readonly allowScript: boolean;
}

/** So many findings of a scenario, and lines of a document, are told to a person; JSON has all. */
const mostFindings = 5;

/** Makes scenarios of documents, all or none; what cannot be read is told. Nothing of the documents is executed. */
export async function importCommand(options: ImportOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const { files, unread } = readDocuments(options.documents, options.here, project);
  if (files.length === 0) throw nothingRead(unread);
  const { imported, notUnderstood } = importAll(files, profile, allRows(project, profile), options);
  const wanted = imported.filter(({ isThere }) => isThere === undefined);
  if (wanted.length === 0 && imported.length === 0)
    throw new Told(
      `nothing in these documents is a scenario that can be made: ${notUnderstood[0]?.text ?? 'they are empty'}`,
      {
        code: 'nothing-imported',
        where: files.map(({ path }) => path).join(', '),
        cure: files.some(({ path, text }) => isPlan(path, text))
          ? 'these are plans: scenario plan drafts scenarios of them'
          : 'see docs/import.md for what is read',
        issues: notUnderstood.map(({ path, line, text }) => ({ path, line, message: text })),
      },
    );
  const made =
    wanted.length === 0
      ? []
      : await makeScenarios(
          project,
          profile,
          wanted.map(({ scenario, history, scripts }) => ({
            scenario,
            beside: [
              ...(history === '' ? [] : [{ path: 'history.md', text: history }]),
              ...scripts,
            ].map(({ path, text }) => ({ path: `${project.output}/${scenario.id}/${path}`, text })),
          })),
          options,
        );
  const diff = options.dryRun ? diffOf(made) : undefined;
  if (options.json)
    writeJson(io, {
      imported: imported.map(row),
      notUnderstood,
      ...(unread.length > 0 && { unread }),
      ...(diff !== undefined && { dryRun: true, diff }),
    });
  else {
    io.stderr.write(shownLines(toldLost(notUnderstood)));
    for (const { path, message, cure } of unread) io.stderr.write(`${path} ${message}: ${cure}\n`);
    io.stdout.write(diff ?? shownLines(imported.flatMap(toldImport)));
  }
  return unread.length > 0 ? exitCodes.usage : exitCodes.ok;
}

/** Whether a document tells of milestones, and how they are seen at work. */
function isPlan(path: string, text: string): boolean {
  return readPlan(path, text).milestones.some(({ scenarios }) => scenarios.length > 0);
}

function row({
  scenario,
  path,
  line,
  steps,
  findings,
  guesses,
  folded,
  isThere,
}: Imported): object {
  return {
    id: isThere ?? scenario.id,
    ...(scenario.ref !== undefined && { ref: scenario.ref }),
    path,
    line,
    steps,
    findings,
    guesses,
    ...(folded.length > 0 && { folded }),
  };
}

/** The first lines of each document that nothing was made of, and how many more there are. */
function toldLost(lost: ImportedAll['notUnderstood']): readonly string[] {
  return [...new Set(lost.map(({ path }) => path))].flatMap((path) => {
    const ofOne = lost.filter((one) => one.path === path);
    const more = ofOne.length - mostFindings;
    return [
      ...ofOne
        .slice(0, mostFindings)
        .map(({ line, text }) => `${path}:${line}: not understood: ${shortened(text)}`),
      ...(more > 0 ? [`${path}: and ${more} lines more: --json has them`] : []),
    ];
  });
}

function diffOf(made: readonly Made[]): string {
  const [{ files = [], before = {} } = {}] = made;
  return unifiedDiffs(files, (path) => before[path]);
}

function toldImport({
  scenario,
  path,
  line,
  steps,
  findings,
  isThere,
}: Imported): readonly string[] {
  const more = findings.length - mostFindings;
  return [
    `${isThere ?? scenario.id}  (${path}:${line})`,
    `  ${steps.checked} checked · ${steps.script} left as script · ${steps.manual} by hand`,
    ...findings
      .slice(0, mostFindings)
      .map(
        ({ line: at, message, nearest }) =>
          `  line ${at}: ${message}${nearest === undefined ? '' : `; nearest: ${nearest}`}`,
      ),
    ...(more > 0 ? [`  and ${more} more: --json has them`] : []),
  ];
}
