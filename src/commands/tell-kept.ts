import { exitCodes, type ExitCode } from '../errors.ts';
import type { Kept } from '../replay/keep.ts';
import type { Io } from './io.ts';

/** Says of each recording where it is; red where one that was asked for is not kept although its run was green. */
export function tellKept(kept: readonly Kept[], asked: number, io: Io): ExitCode {
  for (const one of kept)
    io.stderr.write(
      'why' in one
        ? `the exchanges of ${one.id} are not kept: ${one.why}\n`
        : `exchanges: ${one.path} (${one.told})\n`,
    );
  return kept.length < asked || kept.some((one) => 'why' in one) ? exitCodes.notWell : exitCodes.ok;
}
