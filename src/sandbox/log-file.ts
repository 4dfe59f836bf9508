import { closeSync, openSync, writeSync } from 'node:fs';

/** A service's log on disk. */
export interface LogFile {
  readonly path: string;
  write(lines: readonly string[]): void;
  close(): void;
}

/**
 * Opens a log for appending. Writes are synchronous, so that a reader finds a request's lines as
 * soon as it has the response.
 */
export function openLogFile(path: string): LogFile {
  const file = openSync(path, 'a');
  let isOpen = true;
  return {
    path,
    write(lines) {
      if (isOpen && lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
