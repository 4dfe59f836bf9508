import { Told } from '../errors.ts';
import { unifiedDiff } from '../files/diff.ts';
import { isAsMade } from '../files/hash.ts';
import type { PlannedFile } from './commit.ts';
import type { Project } from './project.ts';
import { textAt } from './read-text.ts';

/** A derived file that a person wrote or edited is not replaced unasked: throws a {@link Told} that shows what would be lost. */
export function refuseForeign(project: Project, { path, text }: PlannedFile): void {
  const present = textAt(project.root, path);
  if (present === undefined || present === text || isAsMade(present) === true) return;
  const message = 'stands where a derived file should be, and was written or edited by hand';
  const cure = 'move it away, or replace it with --force';
  throw new Told(message, {
    code: 'exists',
    where: path,
    cure,
    detail: `${path}: ${message} (${cure}); it would change so:\n${unifiedDiff(path, present, text)}`,
  });
}
