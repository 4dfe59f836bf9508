import { exitCodes } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { commitFiles, withProjectLock } from '../io/commit.ts';
import { refuseForeign } from '../io/foreign.ts';
import { readTemplates } from '../io/project.ts';
import { textAt } from '../io/read-text.ts';
import { guideFile } from '../scaffold.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario guide`. */
export interface GuideOptions extends Common {
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Writes the testing guide from the profile. One that was edited by hand is replaced only with force. */
export async function guideCommand(options: GuideOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const file = await guideFile(profile, readTemplates(project), project);
  const present = textAt(project.root, file.path);
  const changed = present !== file.text;
  if (!options.force) refuseForeign(project, file);
  if (changed && !options.dryRun) {
    await withProjectLock(project.root, project.staging, async () =>
      commitFiles([file], { root: project.root, staging: project.staging }),
    );
  }
  const diff = options.dryRun && changed ? unifiedDiff(file.path, present, file.text) : '';
  if (options.json) {
    const { dryRun } = options;
    writeJson(io, { path: file.path, changed, dryRun, ...(dryRun ? { diff } : {}) });
  } else if (options.dryRun) io.stdout.write(diff);
  else io.stdout.write(`${changed ? 'wrote' : 'is up to date:'} ${file.path}\n`);
  return exitCodes.ok;
}
