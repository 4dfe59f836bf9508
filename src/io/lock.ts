import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Told, exitCodes } from '../errors.ts';
import { cannotWrite, isErrno } from './errno.ts';

/** How long to wait for the lock, and whom to tell that we wait. */
export interface LockOptions {
  /** Milliseconds until giving up; 60 s when absent. */
  readonly waitMs?: number;
  /** Called once, when the lock is found held. */
  readonly onWait?: (owner: string) => void;
}

/** The lock's name inside the project; it exists only while a command writes. */
export const lockName = '.new-scenario.lock';

/**
 * Runs `fn` while this process alone holds the project's lock.
 *
 * The lock is a folder that holds one file, named after its owner. It is built aside and renamed into place: onto an
 * empty or absent folder that succeeds, onto a full one it fails, so taking is one act that carries the owner's name.
 * A dead owner's lock is taken over at once by unlinking *that owner's* file: a lock which somebody else took in the
 * meantime has another file, so it can never be stolen, and no timer has to keep a held lock fresh.
 */
export async function holdingLock<T>(
  root: string,
  fn: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const owner = newOwner();
  await take(root, owner, options);
  try {
    return await fn();
  } finally {
    release(root, owner);
  }
}

interface Owner {
  readonly pid: number;
  /** When its process began (the kernel's ticks, 0 where unknown): tells a reused process id from the owner's. */
  readonly began: number;
  /** When it asked for the lock, in seconds since 1970. */
  readonly since: number;
  /** Host and process-id namespace: elsewhere the process id says nothing. */
  readonly place: string;
  /** The file's name, from which all this is read. */
  readonly name: string;
}

async function take(root: string, owner: Owner, options: LockOptions): Promise<void> {
  const candidate = join(root, `${lockName}.${owner.name}`);
  const deadline = Date.now() + (options.waitMs ?? 60_000);
  let toldOf = false;
  try {
    mkdirSync(candidate);
    writeFileSync(join(candidate, owner.name), '');
    for (
      let pause = 4;
      !renamed(candidate, join(root, lockName));
      pause = Math.min(pause * 2, 100)
    ) {
      const holder = readHolder(root);
      if (holder !== undefined && isDead(holder, owner)) {
        rmSync(join(root, lockName, holder.name), { force: true });
        continue;
      }
      if (Date.now() > deadline) throw stillHeld(holder);
      if (!toldOf) options.onWait?.(describe(holder));
      toldOf = true;
      // oxlint-disable-next-line no-await-in-loop -- asking again is only of use after the pause
      await sleep(pause);
    }
  } catch (error) {
    throw cannotWrite(error, lockName);
  } finally {
    rmSync(candidate, { recursive: true, force: true });
  }
  sweepCandidates(root, owner);
}

/** Whether the candidate is the lock now; false when a full folder (a held lock) is in the way. */
function renamed(candidate: string, lock: string): boolean {
  try {
    renameSync(candidate, lock);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

function release(root: string, owner: Owner): void {
  rmSync(join(root, lockName, owner.name), { force: true });
  try {
    rmdirSync(join(root, lockName));
  } catch (error) {
    // Somebody took the lock between the two calls (it is theirs now), or removed the empty folder for us.
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}

/** Who was killed while waiting left the folder that was to become the lock. */
function sweepCandidates(root: string, self: Owner): void {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(`${lockName}.`)) continue;
    const waiter = parseOwner(name.slice(lockName.length + 1));
    if (waiter !== undefined && isDead(waiter, self))
      rmSync(join(root, name), { recursive: true, force: true });
  }
}

function readHolder(root: string): Owner | undefined {
  try {
    return readdirSync(join(root, lockName))
      .map(parseOwner)
      .find((owner) => owner !== undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function newOwner(): Owner {
  const pid = process.pid;
  const began = processState(pid)?.began ?? 0;
  const since = Math.floor(Date.now() / 1000);
  const place = ownPlace();
  const name = `${pid}.${began}.${since}.${randomBytes(4).toString('hex')}.${place}`;
  return { pid, began, since, place, name };
}

function parseOwner(name: string): Owner | undefined {
  const [, pid, began, since, place] = /^(\d+)\.(\d+)\.(\d+)\.[0-9a-f]{8}\.(.+)$/.exec(name) ?? [];
  if (place === undefined) return undefined;
  return { pid: Number(pid), began: Number(began), since: Number(since), place, name };
}

/** `docker run --network host` shares the host's name but not its process ids, hence the namespace. */
function ownPlace(): string {
  return `${hostname().replaceAll(/[^\w-]/g, '_')}.${pidNamespace()}`;
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '');
  } catch {
    return '0';
  }
}

/** Elsewhere nobody can be asked, and nothing holds the lock for this long. */
const foreignSeconds = 600;

function isDead(owner: Owner, self: Owner): boolean {
  if (owner.place !== self.place) return Date.now() / 1000 - owner.since > foreignSeconds;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return isErrno(error, 'ESRCH');
  }
  // The id answers, but a zombie (nobody reaps in many containers) and a newcomer with the same id hold no lock.
  const state = processState(owner.pid);
  return state !== undefined && (state.zombie || state.began !== owner.began);
}

/** What Linux says about a process; undefined elsewhere, or when it is hidden from us. */
function processState(pid: number): { zombie: boolean; began: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { zombie: /[ZX]/.test(fields[0] ?? ''), began: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

function stillHeld(holder: Owner | undefined): Told {
  return new Told(`the project is locked by ${describe(holder)}`, {
    code: 'locked',
    exitCode: exitCodes.blocked,
    where: lockName,
    cure: `wait until it has ended, or delete the folder ${lockName} if no generator is running`,
  });
}

function describe(holder: Owner | undefined): string {
  return holder === undefined
    ? 'an unknown process'
    : `process ${holder.pid} on ${holder.place.split('.')[0]}`;
}
