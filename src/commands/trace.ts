import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import { allKnown, brokenAmong, recordsOf } from '../io/library.ts';
import { nothingRead, readDocuments } from '../io/documents.ts';
import { readPlan } from '../milestone/milestones.ts';
import { nearest } from '../nearest.ts';
import { isProven } from '../prove/proof.ts';
import { gateNames, type TracedScenario } from '../trace/model.ts';
import { asMarkdown, asTable } from '../trace/table.ts';
import { stateOf, trace, type Trace } from '../trace/trace.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { shownLines } from '../run/paint.ts';
import { openFor } from './open.ts';

/** Options of `scenario trace`. */
export interface TraceOptions extends Common {
  readonly plans: readonly string[];
  readonly markdown: boolean;
  /** What makes the command end with 1, names parted by commas: states, codes of findings, `orphan`; `uncovered` where nothing is named (contract, section 1), `none` for nothing. */
  readonly failOn: readonly string[];
}

/** So many findings are told to a person; JSON and Markdown have all. */
const mostFindings = 20;

/** Follows the milestones of plans to their scenarios, last runs and proofs. */
export async function traceCommand(options: TraceOptions, io: Io): Promise<number> {
  const gates = gatesOf(options.failOn);
  if (options.json && options.markdown)
    throw new Told('--json and --markdown both write the whole of stdout', {
      code: 'usage',
      where: '--markdown',
      cure: 'use one of them',
    });
  const { project, profile } = await openFor(options, io);
  const { files, unread } = readDocuments(options.plans, options.here, project);
  if (files.length === 0) throw nothingRead(unread);
  for (const { path, message, cure } of unread)
    io.stderr.write(`left out: ${path} ${message}: ${cure}\n`);
  const known = allKnown(project, profile);
  const rows = known.map(({ row }) => row);
  for (const { id, message } of brokenAmong(project, profile, rows))
    io.stderr.write(`left out: ${id}: ${message}\n`);
  const scenarios = known.map(({ row, exercise }) => ({
    row,
    proven: hasProof(recordsOf(project, row.id), row),
    texts: [row.name, exercise.purpose, ...exercise.endpoints, ...exercise.outcomes],
  }));
  const plans = files.map(({ path, text }) => ({ path, ...readPlan(path, text) }));
  if (plans.every(({ milestones }) => milestones.length === 0))
    throw new Told('these plans hold no milestone', {
      code: 'no-milestone',
      exitCode: exitCodes.notWell,
      where: options.plans.join(' '),
      cure: 'a milestone is a heading such as "# Milestone 4.5: Orders can be recalled"',
    });
  const traced = trace(plans, scenarios, {
    output: project.output,
    domains: [...Object.keys(profile.domains), ...rows.map(({ domain }) => domain)],
    addresses: Object.values(profile.services),
    exists: (path) => existsSync(join(project.root, path)),
  });
  if (options.json) writeJson(io, { ...traced, ...(unread.length === 0 ? {} : { unread }) });
  else if (options.markdown) io.stdout.write(asMarkdown(traced, rows));
  else io.stdout.write(shownLines(asTable(traced, rows, mostFindings)));
  const caught = caughtBy(gates, traced, scenarios);
  for (const line of caught) io.stderr.write(`${line}\n`);
  if (caught.length > 0) return exitCodes.notWell;
  // What could not be read is no green either.
  return unread.length === 0 ? exitCodes.ok : exitCodes.usage;
}

/** Whether a proof is of the checks as they are, and says that what landed turned them red. */
function hasProof(
  { proof }: ReturnType<typeof recordsOf>,
  { standing }: TracedScenario['row'],
): boolean {
  return (
    proof !== undefined &&
    standing.proof !== undefined &&
    proof.faults.landed > 0 &&
    isProven(proof)
  );
}

function gatesOf(given: readonly string[]): readonly string[] {
  const names = given
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const known = [...gateNames, 'none'];
  for (const name of names.filter((one) => !known.includes(one))) {
    const close = nearest(name, known);
    throw new Told(`there is no ${JSON.stringify(name)} to fail on`, {
      code: 'usage',
      where: '--fail-on',
      cure: close === undefined ? `one of ${known.join(', ')}` : `did you mean ${close}?`,
    });
  }
  return names.length === 0 ? ['uncovered'] : names;
}

/** A line for each gate that caught something; a state is looked for in milestones, and in each of their scenarios. */
function caughtBy(
  gates: readonly string[],
  { milestones, orphans, findings }: Trace,
  scenarios: readonly TracedScenario[],
): readonly string[] {
  const stateById = new Map(scenarios.map((one) => [one.row.id, stateOf(one)]));
  return gates.flatMap((gate) => {
    const found = [
      ...milestones
        .filter(
          (one) => one.state === gate || one.scenarios.some((id) => stateById.get(id) === gate),
        )
        .map(({ id, path, line }) => id ?? `${path}:${line}`),
      ...(gate === 'orphan' ? orphans : []),
      ...findings
        .filter(({ code }) => code === gate)
        .map(({ path, line }) => (line === undefined ? path : `${path}:${line}`)),
    ];
    const rest = found.length > 5 ? `, and ${found.length - 5} more` : '';
    return found.length === 0
      ? []
      : [`--fail-on ${gate}: ${found.length}: ${found.slice(0, 5).join(', ')}${rest}`];
  });
}
