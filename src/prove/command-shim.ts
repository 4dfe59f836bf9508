import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Resolved } from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';
import type { Plant } from './fault.ts';

/** The commands that a scenario runs, by name. */
export function commandsOf(scenario: Resolved): readonly string[] {
  const names = scenario.steps.flatMap(({ acts }) =>
    acts.flatMap((act) =>
      act.kind === 'query'
        ? ['psql']
        : act.kind === 'cli' || act.kind === 'launch'
          ? act.argv.slice(0, 1)
          : [],
    ),
  );
  return [...new Set(names)].filter((name) => !name.includes('/'));
}

/**
 * A folder in which each of these commands is one of ours, that runs the real one and then does as the fault says. Each of them
 * notes in `landed` that it was run.
 */
export async function shimmed(
  names: readonly string[],
  plant: Extract<Plant, { kind: 'command' }>,
  folder: string,
  path: string,
): Promise<{ readonly bin: string; readonly landed: string }> {
  const bin = join(folder, 'bin');
  const landed = join(folder, 'command-landed');
  await mkdir(bin, { recursive: true });
  for (const name of names) {
    const file = join(bin, name);
    // oxlint-disable-next-line no-await-in-loop -- one or two files
    await writeFile(file, shim(name, plant, path, landed));
    // oxlint-disable-next-line no-await-in-loop
    await chmod(file, 0o755);
  }
  return { bin, landed };
}

function shim(
  name: string,
  { exit, silent = [], prints, stays }: Extract<Plant, { kind: 'command' }>,
  path: string,
  landed: string,
): string {
  const quiet = [
    ...(silent.includes('stdout') || prints !== undefined ? ['>/dev/null'] : []),
    ...(silent.includes('stderr') ? ['2>/dev/null'] : []),
  ];
  return [
    '#!/bin/sh',
    `PATH=${quoted(path)}`,
    'export PATH',
    `echo run >>${quoted(landed)}`,
    [quoted(name), '"$@"', ...quiet].join(' '),
    'status=$?',
    ...(prints === undefined ? [] : [`printf '%s\\n' ${quoted(prints)}`]),
    ...(stays ? ['sleep 600'] : []),
    `exit ${exit ?? '"$status"'}`,
    '',
  ].join('\n');
}
