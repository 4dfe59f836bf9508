import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** The text of a piece of bash beside a scenario; undefined where it cannot be read: the run tells that. */
export function pieceAt(project: Project, id: string, file: string): string | undefined {
  try {
    return readFileSync(join(project.root, project.output, id, file), 'utf8');
  } catch {
    return undefined;
  }
}
