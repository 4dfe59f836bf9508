import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TapReport } from '../run/tap.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { Fault } from './fault.ts';

/**
 * A folder that holds, by the id of a point, what it sees in the place of its file; the runtime looks there when SCENARIO_FILE_OVERLAY
 * names it, and only for reading. A folder in the place of a file is no file: it is missing. Undefined: the fault is no such one.
 */
export async function overlaid(
  fault: Fault | undefined,
  folder: string,
): Promise<string | undefined> {
  if (fault?.plant.kind !== 'file' || fault.point === undefined) return undefined;
  const overlay = join(folder, 'overlay');
  const place = join(overlay, fault.point);
  const { stands } = fault.plant;
  await mkdir(stands === 'nothing' ? place : overlay, { recursive: true });
  if (stands === 'nothing') return overlay;
  await writeFile(place, stands.text);
  if (stands.old) await utimes(place, new Date(0), new Date(0));
  return overlay;
}

/** Whether the point of the fault was judged: then it saw what stood there. */
export function sawOverlay(fault: Fault, scenario: Resolved, tap: TapReport): boolean {
  const number = pointsOf(scenario.steps).findIndex(({ point }) => point.id === fault.point) + 1;
  const point = tap.points.find((one) => one.number === number);
  return point !== undefined && point.diagnosis.reason !== 'not-reached';
}
