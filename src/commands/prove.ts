import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import type { RecordedProof } from '../files/records.ts';
import { allRows, readEntry, scenarioIds } from '../io/library.ts';
import { readTemplates, type Project } from '../io/project.ts';
import { selectIds } from '../io/select.ts';
import { isProven, noProof, type Proof } from '../prove/proof.ts';
import { prove } from '../prove/prove.ts';
import { killTable } from '../prove/table.ts';
import { driftedScript, scriptPath } from '../run/drift.ts';
import { paintFor } from '../run/paint.ts';
import { recordProofs } from '../run/record.ts';
import { makeRunFolder } from '../run/run-folder.ts';
import { unserved } from '../run/run-scenario.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import { openWorkspace } from '../io/workspace.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario prove`. */
export interface ProveOptions extends Common {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly category?: string;
  readonly domain?: string;
  /** How many times faster than the real services. */
  readonly speed?: number;
  readonly record: boolean;
}

/** Nobody watches a proof, so it goes as fast as a script on a busy machine can follow. */
const defaultSpeed = 20;

/** Proves scenarios one after the other, each with faults planted one at a time; 0 when nothing survived and nothing is decorative. */
export async function proveCommand(options: ProveOptions, io: Io): Promise<number> {
  const { project, profile } = await openWorkspace(options.cwd, (line) =>
    io.stderr.write(`${line}
`),
  );
  const ids = selectIds(options, scenarioIds(project), () => allRows(project, profile));
  const scenarios = ids.map((id) => readEntry(project, profile, id).resolved);
  const drifted = await driftOf(scenarios, project);
  if (options.record && drifted.length > 0) throw cannotRecord(drifted);
  const missing = await unservedOf(scenarios, project);
  if (missing.every((services) => services.length > 0)) throw noSandbox(missing.flat());
  const proofs: Proof[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    if (io.signal.aborted) break;
    const services = missing[index] ?? [];
    const begin = performance.now();
    const proof =
      services.length > 0
        ? noProof(scenario, 'blocked', `the sandbox does not serve ${services.join(', ')} yet`)
        : // Each scenario's own trials already keep the machine busy.
          // oxlint-disable-next-line no-await-in-loop
          await proveOne(scenario, project, options, io);
    if (io.signal.aborted) break;
    proofs.push(proof);
    if (options.json) continue;
    const seconds = (performance.now() - begin) / 1000;
    const paint = paintFor(io.stdout, io.env);
    io.stdout.write(`${killTable(proof, scenario, paint, seconds).join('\n')}\n`);
  }
  if (options.record)
    await recordProofs(
      proofs
        .filter(({ reason }) => reason === undefined)
        .map((proof) => ({ id: proof.id, proof: recorded(proof, scenarios) })),
      project,
      profile,
    );
  const ok = !io.signal.aborted && proofs.every(isProven);
  if (options.json) writeJson(io, { ok, proofs });
  if (io.signal.aborted) return exitCodes.interrupted;
  return ok ? exitCodes.ok : exitCodes.notWell;
}

async function proveOne(
  scenario: Resolved,
  project: Project,
  options: ProveOptions,
  io: Io,
): Promise<Proof> {
  const folder = makeRunFolder(project, 'proofs', scenario.slug, new Date());
  const counting = io.stderr.isTTY === true;
  const proof = await prove(scenario, {
    script: join(project.root, scriptPath(project, scenario.id)),
    root: project.root,
    folder: folder.absolute,
    speed: options.speed ?? defaultSpeed,
    version: project.profileVersion === 'head' ? 'head' : 'era',
    env: io.env,
    signal: io.signal,
    jobs: Math.min(4, availableParallelism()),
    see: (done, all) => {
      if (counting) io.stderr.write(`\r\u001B[2K${scenario.id}  ${done} of ${all} faults planted`);
      else if (done === 0 && !options.json)
        io.stderr.write(`${scenario.id}: planting ${all} faults\n`);
    },
  });
  if (counting) io.stderr.write('\r\u001B[2K');
  return proof;
}

async function driftOf(
  scenarios: readonly Resolved[],
  project: Project,
): Promise<readonly string[]> {
  const templates = readTemplates(project);
  const all = await Promise.all(scenarios.map((one) => driftedScript(one, templates, project)));
  return [...new Set(all.flat())];
}

function cannotRecord(drifted: readonly string[]): Told {
  return new Told(
    `${drifted.join(', ')} ${drifted.length === 1 ? 'differs' : 'differ'} from what the scenario gives, so this proof can't be recorded as one of its checks`,
    {
      code: 'drift',
      exitCode: exitCodes.notWell,
      where: drifted[0] ?? '',
      cure: '`scenario check --write` renews it; without --record it is proven as it is',
    },
  );
}

/** For each scenario, the services that no sandbox stands in for. */
async function unservedOf(
  scenarios: readonly Resolved[],
  project: Project,
): Promise<readonly (readonly string[])[]> {
  const sandbox = await startSandbox({
    ports: 'auto',
    speed: 1,
    profileVersion: project.profileVersion === 'head' ? 'head' : 'era',
  });
  await sandbox.close();
  return scenarios.map((one) => unserved(one, sandbox.env));
}

function noSandbox(services: readonly string[]): Told {
  return new Told(`the sandbox does not serve ${[...new Set(services)].join(', ')}`, {
    code: 'no-sandbox',
    exitCode: exitCodes.notWell,
    cure: 'a proof plants faults in front of the embedded services, so only scenarios that use these alone can be proven',
  });
}

function recorded(proof: Proof, scenarios: readonly Resolved[]): RecordedProof {
  const { baseline, faults, criteria, survivors, decorative } = proof;
  const scenario = scenarios.find(({ id }) => id === proof.id);
  return {
    checks: scenario === undefined ? '' : checksHash(scenario),
    baseline,
    faults,
    criteria,
    survivors,
    decorative,
  };
}
