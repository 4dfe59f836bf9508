import { exitCodes, Told } from '../errors.ts';
import { holdAgainst, type Held } from '../live/profile-check.ts';
import { readSettings } from '../live/settings.ts';
import { nearest } from '../nearest.ts';
import type { Profile } from '../profile/schema.ts';
import { paintFor, plain } from '../run/paint.ts';
import { writeJson, type Common, type Io } from './io.ts';
import { openFor } from './open.ts';

/** Options of `scenario profile check`. */
export interface ProfileCheckOptions extends Common {
  /** Only these services; all when empty. */
  readonly services: readonly string[];
}

/** Holds the profile against live services, reading only. 1 when something does not hold, 3 when a service is not well. */
export async function profileCheckCommand(options: ProfileCheckOptions, io: Io): Promise<number> {
  const { project, profile } = await openFor(options, io);
  const services = chosen(options.services, profile);
  const settings = readSettings(project, io.env);
  const held = await holdAgainst({ profile, settings, signal: io.signal }, services);
  const wrong = held.filter(({ ok, kind }) => ok === false && kind !== 'health');
  const ill = held.filter(({ ok, kind }) => ok === false && kind === 'health');
  const ok = wrong.length + ill.length === 0;
  if (options.json) {
    const checks = held.filter((one) => one.ok !== undefined);
    const notTried = held.filter((one) => one.ok === undefined);
    writeJson(io, { ok, checks, notTried });
  } else tell(held, io);
  if (ok) return exitCodes.ok;
  return wrong.length > 0 ? exitCodes.notWell : exitCodes.blocked;
}

function chosen(asked: readonly string[], { services }: Profile): readonly string[] {
  const known = Object.keys(services);
  for (const name of asked.filter((one) => !known.includes(one))) {
    const close = nearest(name, known);
    throw new Told(`there is no service ${JSON.stringify(name)}`, {
      code: 'usage',
      where: '--service',
      cure: close === undefined ? `one of ${known.join(', ')}` : `did you mean ${close}?`,
    });
  }
  return asked.length === 0 ? known : known.filter((name) => asked.includes(name));
}

function tell(held: readonly Held[], io: Io): void {
  const paint = paintFor(io.stdout, io.env);
  for (const { kind, name, ok, request, why } of held) {
    const line = [`${kind} ${name}`, request, why === undefined ? undefined : plain(why)]
      .filter((part) => part !== undefined)
      .join(': ');
    if (ok === undefined) io.stdout.write(`${paint.dim(`– ${line} (not tried)`)}\n`);
    else io.stdout.write(ok ? `✓ ${line}\n` : `${paint.red(`✗ ${line}`)}\n`);
  }
  const count = (ok: boolean | undefined): number => held.filter((one) => one.ok === ok).length;
  io.stdout.write(
    `${count(true)} hold, ${count(false)} do not, ${count(undefined)} were not tried: only GET requests are sent\n`,
  );
}
