import { stampLog } from './python-text.ts';

/** A line for the log and the wall-clock time it belongs to. */
export interface LogEntry {
  readonly at: number;
  readonly line: string;
}

/** `2026-11-22 12:59:11,507 | INFO | logger | text`, as plain uvicorn gives it (logs-train-smoke-1d-2024). */
export function entry(at: number, level: string, logger: string, text: string): LogEntry {
  return { at, line: `${stampLog(at)} | ${level} | ${logger} | ${text}` };
}
