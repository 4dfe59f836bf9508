import { strategyFiles } from '../training/strategies.ts';
import { Exit, log, type Io } from './io.ts';
import { runToEnd } from './foreground.ts';
import { complain, say } from './print.ts';
import { mustLie, mustMatch, symbolForm } from './refused-value.ts';
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
  mustMatch(io, symbolForm, symbol);
  mustMatch(io, /^\d+[mhd]$/, timeframe);
  mustLie(io, String(split), { min: '0.0', max: '0.5' });
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
  await runToEnd(
    {
      path: '/trainings/start',
      id: 'task_id',
      verbose,
      body: {
        symbols: [symbol],
        timeframes: [timeframe],
        strategy_name: strategy,
        start_date: start,
        end_date: end,
        detailed_analytics: false,
      },
    },
    io,
  );
  const why = "Request URL is missing an 'http://' or 'https://' protocol.";
  say(io, '\n✅ Training completed successfully!\n');
  log(io, 'WARNING', 'ktrdr.cli.operation_adapters', `Failed to fetch training metrics: ${why}`);
  say(io, `⚠️  Training completed but could not fetch metrics: ${why}`);
  return 0;
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
