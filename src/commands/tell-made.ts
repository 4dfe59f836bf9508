import { unifiedDiffs } from '../files/diff.ts';
import type { Made } from '../io/make.ts';
import { writeJson, type Io } from './io.ts';

/** Reports what was made: JSON, a diff, or lines for a person. */
export function tellMade(
  made: Made,
  warnings: readonly { readonly code: string; readonly message: string }[],
  options: { readonly json: boolean; readonly dryRun: boolean },
  io: Io,
): void {
  const changed = made.files.filter(({ path, text }) => made.before[path] !== text);
  const diff = options.dryRun ? unifiedDiffs(changed, (path) => made.before[path]) : undefined;
  const paths = made.files
    .filter(({ path }) => !path.endsWith('/runtime.sh') || changed.some((one) => one.path === path))
    .map(({ path }) => path);
  if (options.json) {
    writeJson(io, {
      id: made.id,
      files: paths,
      warnings,
      dryRun: options.dryRun,
      ...(diff === undefined ? {} : { diff }),
    });
    return;
  }
  for (const { message } of warnings) io.stderr.write(`warning: ${message}\n`);
  if (diff !== undefined) {
    io.stdout.write(diff);
    return;
  }
  const script = paths.find((path) => path.endsWith('/run.sh')) ?? '';
  io.stdout.write(`${made.id}\n${paths.map((path) => `  ${path}\n`).join('')}\n`);
  io.stdout.write(
    `Try it without a live system: scenario run ${made.id} --sandbox\nRun it against the real one:    ${script}\n`,
  );
}
