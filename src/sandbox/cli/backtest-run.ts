import type { Io } from './io.ts';
import { runToEnd } from './foreground.ts';
import { member } from './operation.ts';
import { say, show } from './print.ts';
import { mustLie, mustMatch, symbolForm, timeframeForm } from './refused-value.ts';
import type { Command, Given } from './words.ts';

/** `ktrdr backtest run`, which takes the name of a strategy and tells its id only at a good end (guide ktrdr-cli section 5). */
export const backtestCommand: Command = {
  name: 'ktrdr backtest run',
  form: '[OPTIONS] {strategy} {symbol} {timeframe}',
  arguments: [
    { name: 'strategy', required: true },
    { name: 'symbol', required: true },
    { name: 'timeframe', required: true },
  ],
  options: [
    { long: '--start-date', kind: 'text', required: true },
    { long: '--end-date', kind: 'text', required: true },
    { long: '--capital', short: '-c', kind: 'number', default: '100000' },
    { long: '--commission', kind: 'number', default: '0.001' },
    { long: '--slippage', kind: 'number', default: '0.001' },
    { long: '--model-path', short: '-m', kind: 'text' },
    { long: '--verbose', short: '-v', kind: 'flag' },
  ],
};

/** Carries it out; the exit code. */
export async function backtest({ arguments: words, options }: Given, io: Io): Promise<number> {
  const [strategy = '', symbol = '', timeframe = ''] = words;
  const [start = '', end = ''] = [options['--start-date'], options['--end-date']];
  const [capital = '', commission = '', slippage = ''] = [
    options['--capital'],
    options['--commission'],
    options['--slippage'],
  ];
  mustMatch(io, symbolForm, symbol);
  mustMatch(io, timeframeForm, timeframe);
  mustLie(io, capital, { min: '1.0' });
  for (const rate of [commission, slippage]) mustLie(io, rate, { min: '0.0', max: '0.1' });
  const share = (rate: string): string => `${(Number(rate) * 100).toFixed(2)}%`;
  const money = Number(capital).toLocaleString('en-US', { minimumFractionDigits: 2 });
  say(io, '🚀 Starting backtest via async API...\n📋 Backtest parameters:');
  say(io, `   Strategy: ${strategy}\n   Symbol: ${symbol}\n   Timeframe: ${timeframe}`);
  say(io, `   Period: ${start} to ${end}\n   Initial capital: $${money}`);
  say(io, `   Commission: ${share(commission)}\n   Slippage: ${share(slippage)}`);
  const model = options['--model-path'];
  const { id, operation } = await runToEnd(
    {
      path: '/backtests/start',
      id: 'operation_id',
      verbose: options['--verbose'] !== undefined,
      body: {
        strategy_name: strategy,
        symbol,
        timeframe,
        start_date: start,
        end_date: end,
        initial_capital: Number(capital),
        commission: Number(commission),
        slippage: Number(slippage),
        ...(model === undefined ? {} : { model_path: model }),
      },
    },
    io,
  );
  const summary = member(operation, 'result_summary');
  const of = (name: string): number => Number(member(member(summary, 'metrics'), name) ?? 0);
  const percent = (name: string): string => `${(of(name) * 100).toFixed(2)}%`;
  say(io, '\n✅ Backtest completed successfully!\n');
  const rows = [
    ['Total Return', percent('total_return_pct')],
    ['Sharpe Ratio', of('sharpe_ratio').toFixed(2)],
    ['Max Drawdown', percent('max_drawdown_pct')],
    ['Total Trades', String(of('total_trades'))],
    ['Win Rate', percent('win_rate')],
  ];
  show(io, ['Metric', 'Value'], rows, { title: 'Backtest Results' });
  const points = member(summary, 'equity_curve_length');
  if (typeof points === 'number') say(io, `\n📈 Equity curve: ${points} points`);
  say(io, `\n💡 View full results: ktrdr operations status ${id}`);
  return 0;
}
