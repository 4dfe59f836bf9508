import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The repository's root. */
export const root = join(import.meta.dirname, '..', '..');
/** A build of our own: two measurements side by side don't take each other's away. */
const dist = join(root, 'node_modules/.cache', `bench-${process.pid}`);
/** The built command, `dist/cli.js`. */
export const cli = join(dist, 'cli.js');
/** Answers of the seed's example. */
export const answersFile = join(root, 'examples/answers.yaml');

/** Builds the command, for the time of this process. */
export function buildOnce(): void {
  process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/build.ts'), dist], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A finished process. */
export interface Finished {
  readonly ms: number;
  readonly stdout: string;
}

/** Where a process runs, and what else it is given. */
export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that are no mistake. */
  readonly fine?: readonly number[];
}

/** Runs a program of Node and measures it from the start to the end. Throws when it ends badly. */
export function timedNode(args: readonly string[], place: Place): Promise<Finished> {
  return timed(process.execPath, args, place);
}

/** Runs a program and measures it from the start to the end. Throws when it ends badly. */
export async function timed(
  program: string,
  args: readonly string[],
  { cwd, env = {}, fine = [0] }: Place,
): Promise<Finished> {
  const start = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const ms = performance.now() - start;
  if (code === null || !fine.includes(code))
    throw new Error(
      `${program} ${args.join(' ')} ended with ${code}\n${String(Buffer.concat([...out, ...err]))}`,
    );
  return { ms, stdout: String(Buffer.concat(out)) };
}

/** What a program of Node takes: its peak of memory in MB, its time on the processor in ms. */
export interface Weight {
  readonly megabytes: number;
  readonly cpuMs: number;
}

/** Runs a program of Node and weighs it from inside. */
export async function weighed(args: readonly string[], place: Place): Promise<Weight> {
  return inFolder(async (folder) => {
    const file = join(folder, 'weight');
    await timedNode(['--require', join(import.meta.dirname, 'weigh.cjs'), ...args], {
      ...place,
      env: { ...place.env, BENCH_WEIGHT_FILE: file },
    });
    const { peak, cpu } = JSON.parse(readFileSync(file, 'utf8')) as { peak: number; cpu: number };
    return { megabytes: peak / 1024, cpuMs: cpu / 1000 };
  });
}

/** Runs `fn` with a fresh folder that goes away afterwards. */
export async function inFolder<T>(fn: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'new-scenario-bench-'));
  try {
    return await fn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All that is measured, side after side in each round, so that a busy minute strikes both. */
export async function inTurn<T>(
  rounds: number,
  sides: readonly ((round: number) => Promise<T>)[],
): Promise<readonly (readonly T[])[]> {
  const all = sides.map((): T[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, side] of sides.entries()) all[index]?.push(await side(round));
  }
  return all;
}
