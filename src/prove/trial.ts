import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { logVariable } from '../files/bash-words.ts';
import { overallLimit } from '../run/limit.ts';
import { runScript } from '../run/script-process.ts';
import { firstFailed, judge, knownDefectOf, type Judgement } from '../run/verdict.ts';
import { optionsFor } from '../run/sandboxes.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import type { Resolved } from '../scenario/model.ts';
import { aroundPiece, type Around } from './piece-around.ts';
import { commandsOf, shimmed } from './command-shim.ts';
import type { Fault } from './fault.ts';
import { overlaid, sawOverlay } from './file-overlay.ts';
import { copyLog, type LogCopy } from './log-copy.ts';
import { reportReply } from './page-report.ts';
import { onwardTo, startProxy, type Onward, type Proxy } from './proxy.ts';
import { sendingActs } from './sending.ts';
import type { Recording } from './simulate.ts';
import { session } from './session.ts';

/** One run of a script, with one fault or none. */
export interface Trial {
  readonly judgement: Judgement;
  /** Id of the first red point that was evaluated and shows no known defect. */
  readonly firstFailed?: string;
  /** Ids of the points at which a known defect showed. */
  readonly showing: readonly string[];
  /** How often the fault changed something. */
  readonly landed: number;
  /** The piece of bash that was to be misled did not run at all. */
  readonly unasked?: true;
  readonly recording: Recording;
  /** Requests to which a recording had no reply. */
  readonly lacks: readonly string[];
  /** Real seconds. */
  readonly seconds: number;
}

/** What a script is run against: addresses, logs and commands of a system that is its own. */
export type Stand = Pick<RunningSandbox, 'services' | 'env' | 'logs' | 'bin' | 'close'> & {
  /** What points on files see, by their ids, where the files of this machine are not meant. */
  readonly files?: { readonly [point: string]: string };
  /** What was asked for and could not be answered: a recording holds no reply. */
  readonly lacks?: () => readonly string[];
};

/** How trials are carried out. */
export interface TrialSetting {
  /** Sets up the system for one run, so many times as fast as it is; by default the sandbox. */
  readonly stand?: (scenario: Resolved, speed: number) => Promise<Stand>;
  /** Absolute path of the script. */
  readonly script: string;
  /** Absolute, the project's root. */
  readonly root: string;
  /** How many times faster than the real services. */
  readonly speed: number;
  /** The version that the sandbox is to be, whatever the scenario requires, and the one where it requires none. */
  readonly version?: string;
  readonly defaultVersion: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly signal: AbortSignal;
}

/** Runs the script against a sandbox of its own on free ports, with the fault planted from outside; `folder` keeps its evidence. */
export async function tryOut(
  scenario: Resolved,
  fault: Fault | undefined,
  folder: string,
  setting: TrialSetting,
): Promise<Trial> {
  await mkdir(folder, { recursive: true });
  const { speed, signal } = setting;
  const sandbox: Stand = await (setting.stand?.(scenario, speed) ??
    startSandbox(optionsFor(scenario, setting)));
  const between = session(scenario, fault, 1 / speed);
  const proxies: Proxy[] = [];
  const onward: Record<string, Onward> = {};
  const copies: LogCopy[] = [];
  let piece: Around | undefined;
  const pumpAll = (): void => {
    for (const copy of copies) copy.pump();
  };
  try {
    const env: Record<string, string | undefined> = { ...setting.env, ...sandbox.env };
    for (const { name, variable, log, tls } of scenario.services) {
      const origin = sandbox.services[name];
      if (origin === undefined) continue;
      const to = onwardTo(origin, tls, env);
      onward[name] = to;
      // oxlint-disable-next-line no-await-in-loop
      const proxy = await startProxy(name, to, between, pumpAll);
      proxies.push(proxy);
      env[variable] = proxy.origin;
      const source = sandbox.logs[name];
      if (log === undefined || source === undefined) continue;
      const copy = copyLog(
        source,
        join(folder, `${name}.log`),
        between.reads(name) ? (line) => between.logged(name, line) : undefined,
        () => proxies.some((one) => one.busy()),
      );
      copies.push(copy);
      env[logVariable(name)] = `file:${copy.path}`;
    }
    const path = [sandbox.bin, env['PATH'] ?? ''].join(delimiter);
    const shim =
      fault?.plant.kind === 'command'
        ? await shimmed(commandsOf(scenario), fault.plant, folder, path)
        : undefined;
    if (shim) env['SCENARIO_COMMANDS'] = shim.bin;
    piece = await aroundPiece(fault, { scenario, folder, script: setting.script, onward, path });
    const overlay = await overlaid(fault, folder, {
      ...sandbox.files,
      ...(piece === undefined ? {} : { [fault?.point ?? '']: piece.text }),
    });
    if (overlay !== undefined) {
      env['SCENARIO_FILE_OVERLAY'] = overlay.folder;
      env['SCENARIO_PROOF'] = overlay.word;
    }
    const done = await runScript({
      script: setting.script,
      cwd: setting.root,
      env: { ...env, SCENARIO_EVIDENCE_DIR: folder },
      evidence: folder,
      limit: overallLimit(scenario),
      signal,
    });
    const first = firstFailed(done.tap)?.diagnosis.id;
    return {
      judgement: judge(done.ending, done.tap),
      ...(first === undefined ? {} : { firstFailed: first }),
      showing: done.tap.points.flatMap((point) =>
        knownDefectOf(point).length === 0 ? [] : [point.diagnosis.id ?? ''],
      ),
      landed:
        between.landed() +
        (shim && existsSync(shim.landed) ? 1 : 0) +
        (piece?.landed() ?? 0) +
        (fault?.plant.kind === 'file' &&
        overlay !== undefined &&
        sawOverlay(fault, scenario, done.tap)
          ? 1
          : 0),
      ...(piece?.ran() === false ? { unasked: true } : {}),
      lacks: sandbox.lacks?.() ?? [],
      recording: await withReport(scenario, between.recording(), folder),
      seconds: done.seconds,
    };
  } finally {
    for (const copy of copies) copy.close();
    await piece?.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await sandbox.close();
  }
}

/** The recording with what the visit to a page really saw: more than its requests tell. */
async function withReport(
  scenario: Resolved,
  recording: Recording,
  folder: string,
): Promise<Recording> {
  const visit = sendingActs(scenario).findIndex(({ kind }) => kind === 'ui');
  const act = sendingActs(scenario)[visit];
  if (act?.kind !== 'ui') return recording;
  const kept = (await readdir(folder)).find(
    (name) => /^\d\d-/.test(name) && name.slice(3) === `${act.reply}.body`,
  );
  if (kept === undefined) return recording;
  const text = await readFile(join(folder, kept), 'utf8');
  return recording.map((replies, index) =>
    index === visit ? [{ ...reportReply(null), text }] : replies,
  );
}
