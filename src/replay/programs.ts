import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Resolved } from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';
import type { Exchanges, RecordedCommand } from './exchanges.ts';

/** Programs that say again what those of the system said. */
export interface Programs {
  /** Folder for the PATH. */
  readonly bin: string;
  /** Lets those end that had ended when this exchange was over. */
  release(farthest: number): Promise<void>;
}

/** How they are to be. */
interface Wanted {
  readonly folder: string;
  /** The log of each service, to which lines are added that were there after a command. */
  readonly logs: { readonly [service: string]: string };
  /** Real seconds of the replay in one of the recording. */
  readonly pace: number;
}

/**
 * Writes, for each program that the scenario runs, one of ours: its k-th run says and ends as the k-th recorded one. Those that only read
 * files of a service read none, for points see what was kept.
 */
export async function playedPrograms(
  scenario: Resolved,
  { commands, logs }: Exchanges,
  wanted: Wanted,
): Promise<Programs> {
  const bin = join(wanted.folder, 'bin');
  const kept = join(wanted.folder, 'commands');
  await Promise.all([bin, kept].map((one) => mkdir(one, { recursive: true })));
  const readers = new Set(readersOf(scenario));
  const names = [...new Set([...commands.map(({ program }) => program), ...readers])];
  const go = (index: number): string => join(kept, `${index}.go`);
  await Promise.all(
    commands.flatMap((one, index) => [
      writeFile(join(kept, `${index}.out`), one.stdout),
      writeFile(join(kept, `${index}.err`), one.stderr),
      ...logs.flatMap(({ service, behind, lines }) =>
        behind === index
          ? [writeFile(join(kept, `${index}.log.${service}`), `${lines.join('\n')}\n`)]
          : [],
      ),
    ]),
  );
  await Promise.all(
    names
      .filter((name) => !name.includes('/'))
      .map(async (name) => {
        const runs = commands.flatMap((one, index) =>
          one.program === name ? [{ one, index }] : [],
        );
        const file = join(bin, name);
        await writeFile(file, programText(name, runs, kept, readers.has(name), wanted));
        await chmod(file, 0o755);
      }),
  );
  const release = async (farthest: number): Promise<void> => {
    await Promise.all(
      commands.map((one, index) =>
        one.after <= farthest ? writeFile(go(index), '') : Promise.resolve(),
      ),
    );
  };
  await release(-1);
  return { bin, release };
}

/** Programs by which a script looks at files that only a service sees. */
function readersOf({ steps }: Resolved): readonly string[] {
  return steps.flatMap(({ acts }) =>
    acts.flatMap((act) =>
      act.kind === 'file' && act.reader
        ? [act.reader.read[0] ?? '', act.reader.modified?.[0] ?? ''].filter((one) => one !== '')
        : [],
    ),
  );
}

interface Run {
  readonly one: RecordedCommand;
  readonly index: number;
}

function programText(
  name: string,
  runs: readonly Run[],
  kept: string,
  reads: boolean,
  { logs, pace }: Wanted,
): string {
  return [
    '#!/bin/sh',
    `cd ${quoted(kept)} || exit 127`,
    ...(reads ? [`case " $* " in *' /dev/null '*) exit 0 ;; esac`] : []),
    // mkdir is atomic: of two at once each has a number of its own.
    `n=0; while :; do n=$((n + 1)); mkdir ${quoted(`run-${name}`)}.$n 2>/dev/null && break; [ $n -lt 1000 ] || exit 127; done`,
    'case $n in',
    ...runs.flatMap(({ one, index }, at) => [
      `  ${at + 1})`,
      // What was ended by others' doing ends when that is over; the clock is only for who waits in vain.
      `    i=0; while [ ! -e ${index}.go ] && [ $i -lt ${naps(one, pace)} ]; do i=$((i + 1)); sleep 0.05 2>/dev/null || sleep 1; done`,
      ...Object.entries(logs).map(
        ([service, path]) =>
          `    [ ! -e ${quoted(`${index}.log.${service}`)} ] || cat ${quoted(`${index}.log.${service}`)} >>${quoted(path)}`,
      ),
      `    cat ${index}.out; cat ${index}.err >&2; exit ${one.exit} ;;`,
    ]),
    'esac',
    `printf '%s\\n' ${quoted(`the recording has no further run of ${name}: record again`)} >&2`,
    'exit 127',
    '',
  ].join('\n');
}

/** Twentieths of a second: thrice as long as it took, and a second at least. */
function naps({ seconds }: RecordedCommand, pace: number): number {
  return Math.ceil(Math.max(1, seconds * pace * 3) * 20);
}
