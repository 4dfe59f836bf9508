import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ktrdr } from '../../../src/sandbox/cli/command.ts';
import { baseOf, type Answer, type Io } from '../../../src/sandbox/cli/io.ts';
import { root } from '../../support/ktrdr.ts';

/** Where the recordings are; the folder may be absent. */
export const folder = join(root, '../shared/ktrdr/recordings');

/** One run of the real command. */
export interface Recording {
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the backend answered to the command, by the beginning of a request; the others are answered by nobody. */
export interface Backend {
  readonly [request: string]: Answer | ((count: number) => Answer);
}

/** A recorded run, and the world in which the command must print the same. */
export interface Served {
  readonly backend?: (recording: Recording) => Backend;
  /** Ctrl-C after so many looks at an operation. */
  readonly pressedAfter?: (recording: Recording) => number;
}

export function recorded(name: string): Recording {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;
}

/** Names of all recordings of the command. */
export function recordings(): readonly string[] {
  return readdirSync(folder)
    .filter((one) => one.startsWith('cli-'))
    .map((one) => one.replace('.json', ''));
}

/** What our command prints in the place of the recorded one. */
export async function printed(recording: Recording, served: Served): Promise<string> {
  const [out, err]: [string[], string[]] = [[], []];
  const backend = served.backend?.(recording) ?? {};
  const pressedAfter = served.pressedAfter?.(recording) ?? Infinity;
  const counts = new Map<string, number>();
  let looks = 0;
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    columns: Number(recording.env['COLUMNS'] ?? 80),
    base: baseOf(recording.env),
    now: () => '2026-11-22 13:26:15,654',
    elapsed: () => 0,
    ask: (method, path) => {
      const request = Object.keys(backend).find((one) => `${method} ${path}`.startsWith(one)) ?? '';
      const count = (counts.get(request) ?? 0) + 1;
      counts.set(request, count);
      if (method === 'GET' && path.startsWith('/operations/')) looks += 1;
      const answer = backend[request];
      return Promise.resolve(typeof answer === 'function' ? answer(count) : answer);
    },
    sleep: () => Promise.resolve(),
    isFile: () => false,
    interrupted: () => looks >= pressedAfter,
  };
  const exit = await ktrdr(recording.argv.slice(1), io);
  return shown({ exit, stdout: out.join('\n'), stderr: err.join('\n') });
}

/** Times, the spinner, blank lines at the ends, and what stands inside of a frame of progress are none of the contract. */
export function shown({
  exit,
  stdout,
  stderr,
}: Pick<Recording, 'exit' | 'stdout' | 'stderr'>): string {
  const text = (stream: string): string =>
    stream
      .replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/gm, 'TIME')
      .replaceAll(/ \d(:\d\d:\d\d|:\d\d:…|…)$/gm, ' T')
      .replaceAll(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Status/gm, '* Status')
      .replaceAll(/(?<=Progress Status ─+╮\n)│ .* │$/gm, 'PROGRESS')
      .replaceAll(/\(\d+\.\ds\)$/gm, '(SECONDS)')
      .replaceAll(/^\n+|\n+$/g, '');
  return `exit ${exit}\n${text(stdout)}\n--stderr--\n${text(stderr)}`;
}
