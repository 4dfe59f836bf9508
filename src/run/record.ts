import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexPage } from '../files/index-page.ts';
import type { RecordedProof, RecordedRun } from '../files/records.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { allRows, readEntry, rowOf, type LibraryEntry } from '../io/library.ts';
import type { Project } from '../io/project.ts';
import type { Profile } from '../profile/schema.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import type { RunResult } from './result.ts';

/** So many runs are kept (contract, section 3). */
const kept = 20;

/** Keeps finished runs in each scenario's `result.json`, and renews the index, in one commit. */
export async function recordRuns(
  results: readonly { readonly scenario: Resolved; readonly result: RunResult }[],
  project: Project,
  profile: Profile,
): Promise<void> {
  const ids = [...new Set(results.map(({ scenario }) => scenario.id))];
  await recordAll(
    ids.map((id) => ({
      id,
      change: (entry) => ({
        ...entry,
        runs: [
          ...entry.runs,
          ...results
            .filter(({ scenario }) => scenario.id === id)
            .map(({ scenario, result }) => recordOf(scenario, result, project.root)),
        ].slice(-kept),
      }),
      file: (entry) => ({
        path: `${project.output}/${id}/result.json`,
        text: json({ runs: entry.runs }),
      }),
    })),
    project,
    profile,
  );
}

/** Keeps proofs in each scenario's `proof.json`, and renews the index, in one commit. */
export async function recordProofs(
  proofs: readonly { readonly id: string; readonly proof: RecordedProof }[],
  project: Project,
  profile: Profile,
): Promise<void> {
  await recordAll(
    proofs.map(({ id, proof }) => ({
      id,
      change: (entry) => ({ ...entry, proof }),
      file: () => ({ path: `${project.output}/${id}/proof.json`, text: json(proof) }),
    })),
    project,
    profile,
  );
}

interface Recording {
  readonly id: string;
  readonly change: (entry: LibraryEntry) => LibraryEntry;
  readonly file: (entry: LibraryEntry) => PlannedFile;
}

/** Reads, changes and writes under the project's lock: two runs that end at once lose nothing. */
async function recordAll(
  recordings: readonly Recording[],
  project: Project,
  profile: Profile,
): Promise<void> {
  if (recordings.length === 0) return;
  await withProjectLock(project.root, project.staging, async () => {
    const changed = recordings.map((one) => {
      const entry = one.change(readEntry(project, profile, one.id));
      return { row: rowOf(entry), file: one.file(entry) };
    });
    const ids = new Set(changed.map(({ row }) => row.id));
    const others = allRows(project, profile).filter(({ id }) => !ids.has(id));
    const page = join(project.root, project.index);
    const text = indexPage(
      existsSync(page) ? readFileSync(page, 'utf8') : undefined,
      [...others, ...changed.map(({ row }) => row)],
      project,
      profile.domains,
    );
    await commitFiles([...changed.map(({ file }) => file), { path: project.index, text }], project);
  });
}

/** A run as it is kept: what a script said of its issue may name this machine's folders, which nobody else has. */
function recordOf(scenario: Resolved, result: RunResult, root: string): RecordedRun {
  const { when, verdict, durationSeconds, timeScale, version, target, issue } = result;
  const manual = result.tap.manual.length > 0;
  return {
    when,
    verdict,
    seconds: durationSeconds,
    timeScale,
    ...(version === undefined ? {} : { version }),
    target,
    checks: checksHash(scenario),
    ...(issue === undefined ? {} : { issue: issue.replaceAll(`${root}/`, '') }),
    ...(manual ? { manual } : {}),
    ...(result.flaky ? { flaky: true } : {}),
    ...(result.onlyKnownDefects ? { knownDefects: result.knownDefects } : {}),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
