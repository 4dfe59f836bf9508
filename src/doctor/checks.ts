import type { Health } from '../live/health.ts';
import type { Setting } from '../live/settings.ts';
import { isAtLeast, versionIn, type Command } from './commands.ts';

/** One line of the doctor: what was looked for, what was found, and the way from symptom to cure. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Version or address. */
  readonly found?: string;
  /** Whether a scenario that was asked about needs it. */
  readonly needed: boolean;
  /** The scenarios that need it; absent for what all need. */
  readonly neededBy?: readonly string[];
  /** The oldest version that will do. */
  readonly atLeast?: string;
  readonly symptom?: string;
  readonly cure?: string;
}

/** Judges a command by what it printed when asked for its version; undefined when it is not there. */
export function commandCheck(
  { name, atLeast, cure }: Command,
  printed: string | undefined,
  needed: Pick<Check, 'needed' | 'neededBy'>,
): Check {
  const wanted = atLeast === undefined ? {} : { atLeast };
  if (printed === undefined)
    return { name, ok: false, ...needed, ...wanted, symptom: 'is not there', cure };
  const version = versionIn(printed);
  const found = version ?? 'is there';
  if (atLeast === undefined || (version !== undefined && isAtLeast(version, atLeast)))
    return { name, ok: true, found, ...needed, ...wanted };
  const symptom = `is too old: ${atLeast} or later will do`;
  return { name, ok: false, found, ...needed, ...wanted, symptom, cure };
}

/** A service with the address at which it was looked for. */
export function serviceCheck(
  name: string,
  address: Setting,
  { ok, symptom }: Health,
  cure: string,
  needed: Pick<Check, 'needed' | 'neededBy'>,
): Check {
  const found = `${address.value} (${address.origin})`;
  return ok
    ? { name, ok, found, ...needed }
    : { name, ok, found, ...needed, symptom: symptom ?? 'is not healthy', cure };
}

/** Whether all that is needed is there. */
export function allNeededThere(checks: readonly Check[]): boolean {
  return checks.every(({ ok, needed }) => ok || !needed);
}

/** The line for a person: `✗ jq 1.5 is too old: … → apt-get install jq`. */
export function checkLine({ name, ok, found, needed, neededBy, symptom, cure }: Check): string {
  const head = [name, ...(found === undefined ? [] : [found])].join(' ');
  if (ok) return `✓ ${head}`;
  const whose =
    neededBy === undefined || neededBy.length === 0
      ? ''
      : neededBy.length <= 2
        ? ` (needed by ${neededBy.join(', ')})`
        : ` (needed by ${neededBy.length} scenarios)`;
  const note = needed ? whose : ' (no scenario here needs it)';
  return `${needed ? '✗' : '–'} ${head}: ${symptom ?? ''}${note} → ${cure ?? ''}`;
}
