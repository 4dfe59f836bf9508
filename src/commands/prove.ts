import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { exitCodes, Told } from '../errors.ts';
import type { RecordedProof } from '../files/records.ts';
import { readEntry, type LibraryEntry } from '../io/library.ts';
import type { Project } from '../io/project.ts';

import { isProven, noProof, type Proof } from '../prove/proof.ts';
import { counterOn, type Counter } from '../prove/counter.ts';
import { prove, type ProveSetting } from '../prove/prove.ts';
import { keptLine, killTable } from '../prove/table.ts';
import { cannotRecord, driftedScripts, scriptPath } from '../run/drift.ts';
import { paintFor } from '../run/paint.ts';
import { gate, inOrder, pool } from '../run/pool.ts';
import { recordProofs } from '../run/record.ts';
import { makeRunFolder } from '../run/run-folder.ts';
import type { SandboxSetting } from '../run/sandboxes.ts';
import { checksHash } from '../scenario/checks-hash.ts';
import type { Resolved } from '../scenario/model.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';
import { idsOf, type Chosen } from './prove-choice.ts';
import { noSandbox, standsOf, tellPassedOver } from './prove-stands.ts';

/** Options of `scenario prove`. */
export interface ProveOptions extends Common, Chosen {
  /** How many times faster than the real services. */
  readonly speed?: number;
  /** The version that the sandbox is to be, whatever the scenarios require. */
  readonly profileVersion?: string;
  /** So many runs of scripts at once, of one scenario or of several; by default as many as processors, at most four. */
  readonly jobs?: number;
  readonly record: boolean;
  /** On the exchanges that `run --record-exchanges` kept, with no service running. */
  readonly replay: boolean;
  /** Also those, of a selection, whose recorded proof speaks of the checks that they have now. */
  readonly again: boolean;
}

/** Nobody watches a proof, so it goes as fast as a script can follow: a look takes 30 ms, a second of the system 33. */
const defaultSpeed = 30;

/**
 * Proves scenarios, each with faults planted one at a time; 0 when nothing survived and nothing is decorative. Of a selection only
 * what changed since its recorded proof; what is named is always proven.
 */
export async function proveCommand(options: ProveOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const { ids, sampled } = idsOf(options, project, profile);
  if (options.wherePossible && (options.replay || options.record))
    throw new Told(`--where-possible goes without ${options.record ? '--record' : '--replay'}`, {
      code: 'usage',
      cure: 'it takes the sandbox or the recording, scenario by scenario, and is meant for CI, which records nothing',
    });
  if (ids.length === 0) return tellNone(options, io);
  const entries = ids.map((id) => readEntry(project, profile, id));
  const drifts = await driftedScripts(
    entries.map(({ resolved }) => resolved),
    project,
  );
  const drifted = [...new Set(drifts.flat())];
  if (options.record && drifted.length > 0) throw cannotRecord(drifted, 'this proof', 'is proven');
  const kept = entries.map((entry, index) =>
    options.again ||
    options.ids.includes(entry.resolved.id) ||
    sampled.includes(entry.resolved.id) ||
    drifts[index]?.length !== 0
      ? undefined
      : stillProven(entry, options.replay || options.wherePossible),
  );
  const asked = entries.flatMap(({ resolved }, index) => (kept[index] ? [] : [resolved]));
  const versions = {
    defaultVersion: project.profileVersion ?? profile.versions.default,
    ...(options.profileVersion === undefined ? {} : { version: options.profileVersion }),
  };
  const all = await standsOf(asked, options, versions, project, io);
  const whys = all.map((one) => ('why' in one ? one.why : undefined));
  const passed = options.wherePossible
    ? asked.flatMap(({ id }, index) => (whys[index] ? [{ id, why: whys[index] }] : []))
    : [];
  tellPassedOver(passed, io);
  const isLeft = (_one: unknown, index: number): boolean =>
    !options.wherePossible || whys[index] === undefined;
  const scenarios = asked.filter(isLeft);
  const stands = all.filter(isLeft);
  if (!options.replay && stands.length > 0 && stands.every((one) => 'why' in one))
    throw noSandbox(whys);
  const print = (lines: readonly string[]): void => {
    if (!options.json) io.stdout.write(`${lines.join('\n')}\n`);
  };
  const paint = paintFor(io.stdout, io.env);
  for (const proof of kept) if (proof) print([keptLine(proof, paint)]);
  const jobs = options.jobs ?? Math.min(4, availableParallelism());
  const counter = counterOn(io, options.json);
  const tell = inOrder<readonly string[]>((lines) => {
    counter.aside(() => print(lines));
  });
  const gates = { gate: gate(jobs), sleepers: gate(jobs) };
  const prover = proverOf(project, { ...options, ...versions }, io, gates, counter);
  const results = await pool(
    scenarios,
    jobs,
    async (scenario, index) => {
      const stand = stands[index] ?? { on: 'sandbox' };
      const begin = performance.now();
      const proof =
        'why' in stand
          ? noProof(scenario, 'blocked', stand.why)
          : await prover(scenario, 'stand' in stand ? { stand: stand.stand } : {});
      if (io.signal.aborted) return undefined;
      const seconds = (performance.now() - begin) / 1000;
      tell(index, killTable(proof, scenario, paint, seconds, isReplay(stand) ? ' (replay)' : ''));
      return proof;
    },
    { stop: () => io.signal.aborted },
  );
  const made = results.filter((proof) => proof !== undefined);
  if (options.record)
    await recordProofs(
      made
        .filter(({ reason }) => reason === undefined)
        .map((proof) => ({ id: proof.id, proof: recorded(proof, scenarios, options.replay) })),
      project,
      profile,
    );
  const proofs = [...kept.filter((proof) => proof !== undefined), ...made].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const ok = !io.signal.aborted && proofs.every(isProven);
  const target = options.replay || stands.some(isReplay) ? 'replay' : 'sandbox';
  const more = options.wherePossible ? { passed } : {};
  if (options.json) writeJson(io, { ok, target, proofs, ...more });
  else if (proofs.length === 0 && passed.length > 0) print(['nothing was proven']);
  if (io.signal.aborted) {
    io.stderr.write(
      `interrupted: ${made.length} of ${scenarios.length} proofs were finished${options.record ? ' and recorded' : ''}; the scripts were ended with their cleanup, and what was started for them is gone\n`,
    );
    return exitCodes.interrupted;
  }
  return ok ? exitCodes.ok : exitCodes.notWell;
}

function isReplay(stand: object): boolean {
  return 'on' in stand && stand.on === 'replay';
}

/** That nothing changed is well. */
function tellNone({ json }: ProveOptions, io: Io): number {
  if (json) writeJson(io, { ok: true, proofs: [] });
  else io.stdout.write('nothing to prove: no scenario changed\n');
  return exitCodes.ok;
}

function proverOf(
  project: Project,
  options: Pick<ProveOptions, 'speed'> & Pick<SandboxSetting, 'version' | 'defaultVersion'>,
  io: Io,
  gates: Pick<ProveSetting, 'gate' | 'sleepers'>,
  counter: Counter,
): (scenario: Resolved, stand: Pick<ProveSetting, 'stand'>) => Promise<Proof> {
  return async (scenario, stand) => {
    const folder = makeRunFolder(project, 'proofs', scenario.slug, new Date());
    const { version, defaultVersion } = options;
    try {
      return await prove(scenario, {
        script: join(project.root, scriptPath(project, scenario.id)),
        root: project.root,
        folder: folder.absolute,
        ...stand,
        speed: options.speed ?? defaultSpeed,
        hastens: options.speed === undefined,
        defaultVersion,
        ...(version === undefined ? {} : { version }),
        env: io.env,
        signal: io.signal,
        ...gates,
        see: (done, all) => counter.see(scenario.id, done, all),
      });
    } finally {
      counter.end(scenario.id);
    }
  };
}

/**
 * The recorded proof, where it speaks of the checks that the scenario has now and leaves nothing undecided. One that was made on a
 * recording stands for none on the sandbox.
 */
function stillProven({ resolved, proof }: LibraryEntry, replay: boolean): Proof | undefined {
  if (proof === undefined || (proof.target === 'replay' && !replay)) return undefined;
  const { checks, ...rest } = proof;
  return checks === checksHash(resolved) && isProven(rest)
    ? { ...rest, id: resolved.id, notLanded: [], recorded: true }
    : undefined;
}

function recorded(proof: Proof, scenarios: readonly Resolved[], replay: boolean): RecordedProof {
  const { baseline, faults, criteria, survivors, accepted, decorative } = proof;
  const scenario = scenarios.find(({ id }) => id === proof.id);
  return {
    checks: scenario === undefined ? '' : checksHash(scenario),
    target: replay ? 'replay' : 'sandbox',
    baseline,
    faults,
    criteria,
    survivors,
    ...(accepted === undefined ? {} : { accepted }),
    decorative,
  };
}
