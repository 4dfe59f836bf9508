import type { Json } from '../http.ts';
import { strategyFiles } from '../training/strategies.ts';
import { Exit, log, type Io } from './io.ts';
import { complain, progressLine, say } from './print.ts';
import { follow, httpLog, member, type Ended } from './operation.ts';
import type { Command, Given } from './words.ts';

/** `ktrdr models train`, which runs until the training has ended and never says its id (guide ktrdr-cli section 5). */
export const trainCommand: Command = {
  name: 'ktrdr models train',
  form: '[OPTIONS] {strategy_file} [symbol] [timeframe]',
  arguments: [
    { name: 'strategy_file', required: true },
    { name: 'symbol', required: false },
    { name: 'timeframe', required: false },
  ],
  options: [
    { long: '--start-date', kind: 'text', required: true },
    { long: '--end-date', kind: 'text', required: true },
    { long: '--models-dir', kind: 'text', default: 'models' },
    { long: '--validation-split', kind: 'number', default: '0.2' },
    { long: '--data-mode', kind: 'text', default: 'local' },
    { long: '--dry-run', kind: 'flag' },
    { long: '--verbose', short: '-v', kind: 'flag' },
    { long: '--detailed-analytics', kind: 'flag' },
  ],
};

/** Carries it out; the exit code. */
export async function train({ arguments: words, options }: Given, io: Io): Promise<number> {
  const [file = '', symbol = 'EURUSD', timeframe = '5m'] = words;
  const strategy = strategyOf(file, io);
  const split = Number(options['--validation-split']);
  say(io, `📊 Single-symbol training:\n   Symbol: ${symbol}`);
  say(io, `📊 Single-timeframe training:\n   Timeframe: ${timeframe}`);
  validate({ symbol, timeframe, split }, io);
  if (options['--dry-run'] !== undefined) {
    say(io, '🔍 DRY RUN - No model will be trained');
    say(io, `📋 Would train: ${symbol} on ${timeframe}`);
    say(io, `📊 Validation split: ${split}\n💾 Models directory: ${options['--models-dir']}`);
    return 0;
  }
  const [start = '', end = ''] = [options['--start-date'], options['--end-date']];
  const verbose = options['--verbose'] !== undefined;
  if (verbose) {
    say(io, `🧠 Training model for ${symbol} (${timeframe})\n📋 Strategy: ${file}`);
    say(io, `📅 Training period: ${start} to ${end}`);
  }
  say(io, '🚀 Starting model training via async API...\n📋 Training parameters:');
  say(io, `   Strategy: ${file}\n   Symbols: ${symbol}\n   Timeframes: ${timeframe}`);
  say(io, `   Period: ${start} to ${end}\n   Validation split: ${split}`);
  const id = await begin({ symbol, timeframe, strategy, start, end }, verbose, io);
  return ending(await follow(id, verbose, io), io);
}

/** The name of a strategy whose file is there: in the folder where one works, or in the tree that the sandbox stands in for. */
function strategyOf(file: string, io: Io): string {
  const name = /(?:^|\/)([^/]+)\.ya?ml$/.exec(file)?.[1];
  const known = file.startsWith('strategies/') && strategyFiles.includes(name ?? '');
  if (name === undefined || (!known && !io.isFile(file))) {
    say(io, `❌ Error: Strategy file not found: ${file}`);
    complain(io, 'Error: 1');
    throw new Exit(1);
  }
  const shown = `${name}.yaml`;
  log(
    io,
    'INFO',
    'ktrdr.config.strategy_loader',
    `Loading v2 multi-scope strategy configuration: ${shown}`,
  );
  return name;
}

function validate(given: { symbol: string; timeframe: string; split: number }, io: Io): void {
  const wrong = !/^[A-Z0-9\-.]+$/i.test(given.symbol) || !/^\d+[mhd]$/.test(given.timeframe);
  const message = wrong
    ? 'String does not match required pattern'
    : given.split > 0.5
      ? `Value ${given.split} above maximum 0.5`
      : given.split < 0
        ? `Value ${given.split} below minimum 0.0`
        : undefined;
  if (message === undefined) return;
  complain(io, `Validation error: ${message}`);
  throw new Exit(1);
}

interface Training {
  readonly symbol: string;
  readonly timeframe: string;
  readonly strategy: string;
  readonly start: string;
  readonly end: string;
}

async function begin(training: Training, verbose: boolean, io: Io): Promise<string> {
  const answer = await io.ask('POST', '/trainings/start', {
    symbols: [training.symbol],
    timeframes: [training.timeframe],
    strategy_name: training.strategy,
    start_date: training.start,
    end_date: training.end,
    detailed_analytics: false,
  });
  if (verbose) httpLog(io, 'POST', '/trainings/start', answer);
  const id = member(answer?.body, 'task_id');
  if (answer && answer.status < 300 && typeof id === 'string') return id;
  say(
    io,
    `Failed to start operation: ${answer ? refusal(answer.status, io) : 'All connection attempts failed'}`,
  );
  throw new Exit(1);
}

/** What httpx says of an answer that is an error. */
function refusal(status: number, io: Io): string {
  const kind = status >= 500 ? 'Server error' : 'Client error';
  const words: { readonly [status: number]: string } = {
    400: 'Bad Request',
    404: 'Not Found',
    422: 'Unprocessable Entity',
    500: 'Internal Server Error',
    503: 'Service Unavailable',
  };
  return `${kind} '${status} ${words[status] ?? ''}' for url '${io.base}/trainings/start'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/${status}`;
}

function ending(end: Ended, io: Io): number {
  if (end.kind === 'interrupted') {
    say(io, '⚠️  Operation cancelled by user\n🔄 Waiting for backend to confirm cancellation...');
    say(io, '✓ Cancellation confirmed. Completed some iterations.');
    return 1;
  }
  const { status, step, percent } = end;
  const done = status === 'completed';
  io.out(progressLine(io, `Status: ${status} - ${step}`, percent, done));
  if (!done) {
    say(io, `❌ Operation failed: ${reasonOf(end.error)}`);
    return 1;
  }
  const why = "Request URL is missing an 'http://' or 'https://' protocol.";
  say(io, '\n✅ Training completed successfully!\n');
  log(io, 'WARNING', 'ktrdr.cli.operation_adapters', `Failed to fetch training metrics: ${why}`);
  say(io, `⚠️  Training completed but could not fetch metrics: ${why}`);
  return 0;
}

function reasonOf(error: Json | undefined): string {
  return typeof error === 'string' && error !== '' ? error : 'Unknown error';
}
