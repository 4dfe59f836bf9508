import { backtest, backtestCommand } from './backtest-run.ts';
import { closeMatches } from './close-match.ts';
import { load, loadCommand } from './data-load.ts';
import { range, rangeCommand } from './data-range.ts';
import { show, showCommand } from './data-show.ts';
import { help } from './help.ts';
import { ibCommands } from './ib.ts';
import { Exit, log, type Io } from './io.ts';
import { operationsCommands } from './operations.ts';
import { usage } from './print.ts';
import { train, trainCommand } from './train.ts';
import { read, type Command, type Given } from './words.ts';

type Served = Command & { readonly act: (given: Given, io: Io) => Promise<number> };

const served: readonly Served[] = [
  { ...trainCommand, act: train },
  { ...backtestCommand, act: backtest },
  { ...showCommand, act: show },
  { ...loadCommand, act: load },
  { ...rangeCommand, act: range },
  ...ibCommands,
  ...operationsCommands,
];

/** What KTRDR's own command knows beside, group by group (guide ktrdr-cli section 1). */
const known: { readonly [group: string]: readonly string[] } = {
  data: ['show', 'load', 'range'],
  backtest: ['run'],
  dummy: ['dummy'],
  operations: ['list', 'status', 'cancel', 'retry'],
  indicators: [],
  ib: ['test', 'cleanup', 'status'],
  models: ['train'],
  strategies: ['validate', 'list', 'backtest', 'validate-all'],
  fuzzy: [],
};

/** The `ktrdr` command of version ERA: the exit code. What the sandbox does not serve is told as such, with 70. */
export async function ktrdr(words: readonly string[], io: Io): Promise<number> {
  log(io, 'INFO', 'ktrdr', 'KTRDR logging initialized (console: INFO, files: logs)');
  const [group, name, ...rest] = words;
  if (group === '--help') {
    help(io);
    return 0;
  }
  const command = served.find((one) => one.name === `ktrdr ${group} ${name}`);
  try {
    if (command) return await command.act(read(rest, command, io), io);
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
  return refused(group, name, io);
}

function refused(group: string | undefined, name: string | undefined, io: Io): number {
  const inGroup = group !== undefined && Object.hasOwn(known, group);
  if (inGroup && name !== undefined && (known[group] ?? []).includes(name)) {
    io.err(
      `the sandbox's ktrdr does not serve \`ktrdr ${group} ${name}\`, of which nothing was recorded; served: ${served.map((one) => one.name).join(', ')}`,
    );
    return 70;
  }
  const at = inGroup ? `ktrdr ${group}` : 'ktrdr';
  const given = inGroup ? name : group;
  const form = { name: at, form: '[OPTIONS] COMMAND [ARGS]...' };
  const names = inGroup ? (known[group] ?? []) : Object.keys(known);
  usage(io, form, wrong(given, names));
  return 2;
}

function wrong(given: string | undefined, names: readonly string[]): string {
  if (given === undefined) return 'Missing command.';
  if (given.startsWith('-')) return `No such option: ${given}`;
  const like = closeMatches(given, names).map((one) => `'${one}'`);
  const hint = like.length === 0 ? '' : ` Did you mean ${like.join(', ')}?`;
  return `No such command '${given}'.${hint}`;
}
