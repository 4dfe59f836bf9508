import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Told } from '../errors.ts';
import { standsFor, startSandbox } from '../sandbox/sandbox.ts';
import type { RunningSandbox } from '../sandbox/sandbox.ts';

/** Options of `scenario sandbox`. */
export interface SandboxCommandOptions {
  readonly ports: 'fixed' | 'auto';
  readonly speed: number;
  /** Where the env file goes, relative to `cwd`; by default into the sandbox's temporary folder. */
  readonly envFile?: string;
  readonly profileVersion: 'era' | 'head';
  /** Such as `kind=value`. */
  readonly modes: readonly string[];
  readonly json: boolean;
  readonly cwd: string;
}

/** Where a command writes, and the signal that ends it. */
export interface CommandIo {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * `scenario sandbox`: starts the services, writes the env file once every port answers, tells how
 * to use it, and stays until the signal aborts. Gives the exit code.
 */
export async function sandboxCommand(
  options: SandboxCommandOptions,
  io: CommandIo,
): Promise<number> {
  const { ports, speed, profileVersion } = options;
  const sandbox = await startSandbox({
    ports,
    speed,
    profileVersion,
    modes: modesGiven(options.modes),
  });
  const envFile =
    options.envFile === undefined
      ? join(sandbox.folder, 'env')
      : resolve(options.cwd, options.envFile);
  const envText = envFileText(sandbox.env);
  try {
    await writeEnvFile(envFile, envText);
    const text = options.json
      ? `${JSON.stringify({ services: sandbox.services, envFile })}\n`
      : summary(sandbox, envFile, standsFor(profileVersion));
    io.stdout.write(text);
    await aborted(io.signal);
    await removeOwn(envFile, envText);
    return 0;
  } finally {
    await sandbox.close();
    if (!options.json) io.stderr.write('sandbox stopped\n');
  }
}

/** `kind=value` pairs; what they may be is said by the sandbox. */
function modesGiven(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [kind = '', ...value] = pair.split('=');
      return [kind, value.join('=')];
    }),
  );
}

function envFileText(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Written beside its place and renamed, so that a waiting script never reads half of it. */
async function writeEnvFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new Told(`cannot write the env file: ${reasonOf(cause)}`, {
      code: 'cannot-write',
      where: path,
      cure: 'name a file in a folder that exists and is writable with --env-file',
      cause,
    });
  }
}

/** Removes the env file unless another sandbox has written it since. */
async function removeOwn(path: string, text: string): Promise<void> {
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present === text) await rm(path, { force: true });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function summary(sandbox: RunningSandbox, envFile: string, system: string): string {
  const rows = Object.entries(sandbox.services).map(
    ([name, origin]) => `  ${name.padEnd(16)} ${origin}   log ${sandbox.logs[name] ?? ''}\n`,
  );
  return (
    `The sandbox stands in for ${system}:\n${rows.join('')}` +
    `env file: ${envFile}\n` +
    `use it:   SCENARIO_ENV_FILE=${shellWord(envFile)} ./run.sh\n` +
    `stop it:  Ctrl-C\n`
  );
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => {
    signal.addEventListener('abort', () => done(), { once: true });
  });
}
