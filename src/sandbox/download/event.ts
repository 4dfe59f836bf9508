import { progressLine } from '../backend/managed-log.ts';
import type { Progress } from '../backend/work.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';

/** Something that a download does, at an offset from its start in milliseconds of KTRDR's own time. */
export interface Event {
  readonly at: number;
  /** What polls see from then on; absent where only the log tells. */
  readonly shown?: Progress;
  /** Its lines; those about progress hold the operation's id. */
  readonly lines: readonly ((at: number, id: string) => LogEntry)[];
}

type Line = Event['lines'][number];

/** A line at level INFO. */
export function info(logger: string, text: string): Line {
  return (at) => entry(at, 'INFO', logger, text);
}

/** A line at level WARNING. */
export function warning(logger: string, text: string): Line {
  return (at) => entry(at, 'WARNING', logger, text);
}

/** A line without a head, as a library prints it. */
export function printed(line: string): Line {
  return (at) => ({ at, line });
}

/** The line of a pushed progress. */
export function pushLine({ percentage, current_step: text }: Progress): Line {
  return (at, id) => progressLine(at, id, percentage, text ?? '');
}
