import { randomUUID } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TapReport } from '../run/tap.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { Fault, FilePlant } from './fault.ts';

/** What points see in the place of their files, and the word by which the runtime knows that a proof says so. */
export interface Overlay {
  readonly folder: string;
  readonly word: string;
}

/** Of a file that is there in the place of another: newer than any run. */
const later = new Date(8_000_000_000_000);

/**
 * A folder that holds, by the id of a point, what it sees in the place of its file: what a recording kept (`files`), and what the fault
 * makes of one of them. The runtime looks there, only for reading, when SCENARIO_FILE_OVERLAY names it and SCENARIO_PROOF gives the word
 * that stands in it; so a variable that was left over changes no run. A folder in the place of a file is no file: it is missing.
 */
export async function overlaid(
  fault: Fault | undefined,
  folder: string,
  files: { readonly [point: string]: string } = {},
): Promise<Overlay | undefined> {
  const plant = fault?.plant.kind === 'file' ? fault.plant : undefined;
  const point = plant && fault?.point;
  if (point === undefined && Object.keys(files).length === 0) return undefined;
  const overlay = { folder: join(folder, 'overlay'), word: randomUUID() };
  await mkdir(overlay.folder, { recursive: true });
  await writeFile(join(overlay.folder, '.proof'), `${overlay.word}\n`);
  for (const [id, text] of Object.entries(files)) {
    const place = join(overlay.folder, id);
    // oxlint-disable-next-line no-await-in-loop -- a few files
    await writeFile(place, text);
    // oxlint-disable-next-line no-await-in-loop
    await utimes(place, later, later);
  }
  if (plant && point !== undefined) await plantAt(join(overlay.folder, point), plant.stands);
  return overlay;
}

async function plantAt(place: string, stands: FilePlant['stands']): Promise<void> {
  await rm(place, { force: true });
  if (stands === 'nothing') {
    await mkdir(place);
    return;
  }
  await writeFile(place, stands.text);
  if (stands.old) await utimes(place, new Date(0), new Date(0));
}

/** Whether the point of the fault was judged: then it saw what stood there. */
export function sawOverlay(fault: Fault, scenario: Resolved, tap: TapReport): boolean {
  const number = pointsOf(scenario.steps).findIndex(({ point }) => point.id === fault.point) + 1;
  const point = tap.points.find((one) => one.number === number);
  return point !== undefined && point.diagnosis.reason !== 'not-reached';
}
