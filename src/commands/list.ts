import { exitCodes } from '../errors.ts';
import { allRows, brokenAmong, readEntry, rowOf, scenarioIds } from '../io/library.ts';
import { selectIds } from '../io/select.ts';
import type { IndexRow } from '../files/index-page.ts';
import { pointsOf } from '../scenario/model.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Lists the scenarios; those that are broken are named apart, with the reason. */
export async function listCommand(
  options: Common & { readonly category?: string; readonly domain?: string },
  io: Io,
): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const all = allRows(project, profile);
  const rows = all.filter(
    (row) =>
      (options.category === undefined || row.category === options.category) &&
      (options.domain === undefined || row.domain === options.domain),
  );
  const broken = brokenAmong(project, profile, all);
  if (options.json) {
    writeJson(io, { scenarios: rows.map(listed), ...(broken.length === 0 ? {} : { broken }) });
    return broken.length === 0 ? exitCodes.ok : exitCodes.notWell;
  }
  if (rows.length === 0 && broken.length === 0)
    io.stdout.write('no scenarios yet: make one with `scenario new`\n');
  const width = Math.max(0, ...rows.map(({ id }) => id.length));
  for (const row of rows) {
    const { status, target, lastRun, proof, flaky } = row.standing;
    const said = [
      status,
      ...(target === undefined ? [] : [`(${target})`]),
      ...(flaky === true ? ['flaky'] : []),
      ...(lastRun === undefined ? [] : [lastRun]),
      ...(proof === undefined ? [] : [`proven ${proof}`]),
    ];
    io.stdout.write(
      `${row.id.padEnd(width)}  ${row.category.padEnd(12)} ${`~${row.durationSeconds} s`.padEnd(7)} ${said.join(' ')}\n`,
    );
  }
  for (const { id, message } of broken) io.stderr.write(`broken: ${id}: ${message}\n`);
  return broken.length === 0 ? exitCodes.ok : exitCodes.notWell;
}

function listed(row: IndexRow): object {
  const { standing, ...rest } = row;
  const { status, lastRun, proof, target, why, took, flaky } = standing;
  return {
    ...rest,
    status,
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(proof === undefined ? {} : { proof }),
    ...(target === undefined ? {} : { target }),
    ...(why === undefined ? {} : { why }),
    ...(took === undefined ? {} : { took }),
    ...(flaky === undefined ? {} : { flaky }),
  };
}

/** Shows one scenario: what it does, its points, its standing. */
export async function showCommand(
  options: Common & { readonly id: string },
  io: Io,
): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const [id = ''] = selectIds({ ids: [options.id] }, scenarioIds(project), () =>
    allRows(project, profile),
  );
  const entry = readEntry(project, profile, id);
  const { resolved, scenario } = entry;
  const points = pointsOf(resolved.steps);
  if (options.json) {
    writeJson(io, {
      ...listed(rowOf(entry)),
      purpose: resolved.purpose,
      answers: scenario.answers,
      calibration: resolved.calibration,
      steps: resolved.steps.map(({ title, component, expected }) => ({
        title,
        component,
        expected,
      })),
      criteria: points.map(({ point }) => ({
        id: point.id,
        text: point.text,
        kind: point.kind,
        ...(point.means === undefined ? {} : { means: point.means }),
      })),
      runs: entry.runs,
      ...(entry.proof === undefined ? {} : { proven: entry.proof }),
    });
    return 0;
  }
  io.stdout.write(`${resolved.name} (${resolved.id})\n${resolved.purpose}\n\n`);
  for (const step of resolved.steps) {
    io.stdout.write(`${step.title} [${step.component}]\n`);
    for (const { point } of points.filter((one) => one.step === step))
      io.stdout.write(`  ${point.id}: ${point.text}\n`);
  }
  const { status, lastRun, proof } = rowOf(entry).standing;
  io.stdout.write(
    `\n${[status, lastRun, proof && `proven ${proof}`].filter(Boolean).join(', ')}\n`,
  );
  return 0;
}
