import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { tapReader, type TapReport } from './tap.ts';
import { lines } from './tap-lines.ts';
import type { Ending } from './verdict.ts';

/** How a script is run. */
export interface ScriptRun {
  /** Absolute path; the file itself is executed, no shell of ours comes between. */
  readonly script: string;
  /** Absolute folder in which it starts, the project's root. */
  readonly cwd: string;
  /** Flags of the script. */
  readonly args?: readonly string[];
  readonly env: { readonly [name: string]: string | undefined };
  /** Absolute folder that exists; what is printed is kept there, up to {@link keptBytes} each. */
  readonly evidence: string;
  /** Seconds after which it is ended by force. */
  readonly limit: number;
  /** Ends the script as a person would: its cleanup runs. */
  readonly signal: AbortSignal;
}

/** What a script's process did. */
export interface ScriptDone {
  readonly ending: Ending;
  readonly tap: TapReport;
  /** Real seconds. */
  readonly seconds: number;
  /** The time scale that the script worked with, as it told on stderr; 1 when it told none. */
  readonly timeScale: number;
  /** What may have been the trouble, and what to try, as it told on stderr. */
  readonly hints: readonly string[];
}

/** Of a script's output, what lies beyond this isn't kept. */
const keptBytes = 10_000_000;
/** How long a script that was asked to end may clean up: ten seconds a request, and a few of them. */
const cleanupSeconds = 40;
/** How long output may still come once the script is gone: something it left behind may hold the pipe for ever. */
const drainMs = 500;

/**
 * Runs a script to its end, in a process group of its own so that Ctrl-C at the terminal reaches it once and by us, and
 * nothing of it outlives the run. Never rejects: an end of any kind is an {@link Ending}.
 */
export async function runScript(run: ScriptRun): Promise<ScriptDone> {
  const begin = performance.now();
  const secondsSince = (): number => (performance.now() - begin) / 1000;
  const tap = tapReader();
  const scale = scaleReader();
  const hints = hintReader();
  const child = spawn(run.script, [...(run.args ?? [])], {
    cwd: run.cwd,
    env: { ...run.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kept = [
    keep(child.stdout, join(run.evidence, 'output.tap'), (chunk) => tap.write(chunk)),
    keep(child.stderr, join(run.evidence, 'stderr.log'), (chunk) => {
      scale.write(chunk);
      hints.write(chunk);
    }),
  ];
  const ending = await endingOf(child, run);
  await drained(child);
  const seconds = secondsSince();
  // Whatever the script left running would go on against the system that the next scenario tests.
  killGroup(child, 'SIGKILL');
  await Promise.all(kept.map((close) => close()));
  tap.end();
  scale.end();
  hints.end();
  return { ending, tap: tap.report(), seconds, timeScale: scale.value(), hints: hints.all };
}

async function endingOf(child: ChildProcess, run: ScriptRun): Promise<Ending> {
  let tooLong = false;
  let force: NodeJS.Timeout | undefined;
  const askToEnd = (): void => {
    // By the signal that we got, so that the script names it, too.
    killGroup(child, run.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
    force ??= setTimeout(() => killGroup(child, 'SIGKILL'), cleanupSeconds * 1000);
  };
  const limit = setTimeout(() => {
    tooLong = true;
    askToEnd();
  }, run.limit * 1000);
  run.signal.addEventListener('abort', askToEnd, { once: true });
  if (run.signal.aborted) askToEnd();
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (tooLong) return { kind: 'too-long', seconds: Math.round(run.limit) };
    return code === null
      ? { kind: 'signal', signal: signal ?? 'a signal', number: numberOf(signal) }
      : { kind: 'exit', code };
  } catch (error) {
    return { kind: 'not-started', why: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(limit);
    clearTimeout(force);
    run.signal.removeEventListener('abort', askToEnd);
  }
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}

/** Signals the script and all it started; a group that is gone is what we want. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No such group any more.
  }
}

async function drained(child: ChildProcess): Promise<void> {
  const open = [child.stdout, child.stderr].filter((stream) => stream && !stream.closed);
  if (open.length === 0) return;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), drainMs);
  try {
    await Promise.all(open.map((stream) => stream && once(stream, 'close', late)));
  } catch {
    for (const stream of open) stream?.destroy();
  } finally {
    clearTimeout(timer);
  }
}

/** Hands on what comes and writes it to a file up to a bound; a disk that is full must not change the verdict. */
function keep(
  stream: NodeJS.ReadableStream | null,
  path: string,
  take: (chunk: Uint8Array) => void,
): () => Promise<void> {
  const file = createWriteStream(path);
  let written = 0;
  let broken = false;
  file.on('error', () => {
    broken = true;
  });
  stream?.on('data', (chunk: Buffer) => {
    take(chunk);
    const room = keptBytes - written;
    if (broken || room <= 0) return;
    const part = chunk.subarray(0, room);
    written += part.length;
    file.write(part);
  });
  // A pipe that breaks is seen by the script, not by us.
  stream?.on('error', () => undefined);
  return () =>
    new Promise((resolve) => {
      if (broken || file.destroyed) resolve();
      else {
        file.once('error', () => resolve());
        file.end(() => resolve());
      }
    });
}

/** The runtime tells on stderr which entries of the profile's troubleshooting fit: `perhaps: …`, then `  try: …`. */
function hintReader(): ReturnType<typeof lines> & { readonly all: readonly string[] } {
  const all: string[] = [];
  const sink = lines((line) => {
    if (/^(?:perhaps| {2}try): /.test(line)) all.push(line);
  });
  return { ...sink, all };
}

/** The runtime names its time scale on stderr whenever it isn't 1: `  time scale 0.05 (environment)`, or `1/20`. */
function scaleReader(): ReturnType<typeof lines> & { value(): number } {
  let value = 1;
  const sink = lines((line) => {
    const found = /^ {2}time scale (\d*\.?\d+)(?:\/(\d+))? \(/.exec(line);
    if (found) value = Number(found[1]) / Number(found[2] ?? 1);
  });
  return { ...sink, value: () => value };
}
