import {
  creationLog,
  executedLine,
  operationsService,
  orchestrator,
} from '../backend/managed-log.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { stampMinute, stampSpace } from '../python-text.ts';
import { completedLoad, loadFaultLog } from '../data/load-log.ts';
import type { BacktestOrder } from './order.ts';
import { judged } from './plan.ts';
import type { Plan } from './plan.ts';

const service = 'ktrdr.backtesting.backtesting_service';
const repository = 'ktrdr.data.repository.data_repository';
const loader = 'ktrdr.data.local_data_loader';
const factory = 'ktrdr.indicators.indicator_factory';
const indicators = 'ktrdr.indicators.indicator_engine';

/** The logger of the engine that walks through the bars. */
export const engine = 'ktrdr.backtesting.engine';

/** The logger of what decides on a bar. */
export const decisions = 'ktrdr.decision.orchestrator';

/** The lines that announce a backtest and where it runs (logs-backtest-22bars-rsi-strategy, logs-remote-*). */
export function announcementLog(
  at: number,
  id: string,
  order: BacktestOrder,
  mode: string,
): LogEntry[] {
  const rule = '='.repeat(80);
  return [
    ...creationLog(at, id, 'backtesting', 'backtest'),
    ...[
      rule,
      `${mode} MODE`,
      `   Operation ID: ${id}`,
      `   Symbol: ${order.symbol}`,
      `   Timeframe: ${order.timeframe}`,
      rule,
    ].map((text) => entry(at, 'INFO', service, text)),
  ];
}

/** The lines of a start in the process that runs it. */
export function startLog(at: number, id: string, order: BacktestOrder): LogEntry[] {
  const say = (logger: string, text: string): LogEntry => entry(at, 'INFO', logger, text);
  return [
    ...announcementLog(at, id, order, '💻 EXECUTING BACKTEST: LOCAL'),
    say(operationsService, `Registered local bridge for operation ${id}`),
    say(service, `Registered local backtest bridge for operation ${id}`),
    say(repository, 'Initializing DataRepository with data_dir=./data'),
    say(
      'ktrdr.data.repository.data_quality_validator',
      'DataQualityValidator initialized (auto_correct=True)',
    ),
    say(repository, 'DataRepository initialized successfully'),
  ];
}

/** The engine is made and reads the price file. */
export function loadingLog(at: number, order: BacktestOrder): LogEntry[] {
  const say = (logger: string, text: string): LogEntry => entry(at, 'INFO', logger, text);
  const { symbol, timeframe } = order;
  const makes = indicatorsOf(order);
  return [
    say(indicators, 'Initialized IndicatorEngine with 0 indicators'),
    say('ktrdr.fuzzy.engine', 'FuzzyEngine initialized with 1 indicators'),
    ...makes.flatMap(({ title, name, parameters }) => [
      say(
        'ktrdr.indicators.base_indicator',
        `Initialized ${title} indicator with parameters: ${parameters}`,
      ),
      say(factory, `Successfully created indicator: ${name} (${name})`),
    ]),
    say(indicators, `Initialized IndicatorEngine with ${makes.length} indicators`),
    say(service, `Starting backtest engine in thread pool for ${symbol} ${timeframe}`),
    say(engine, `🚀 Starting backtest: ${order.strategy}`),
    say(engine, `📊 Symbol: ${symbol} | Timeframe: ${timeframe}`),
    say(engine, `📅 Period: ${order.startDate} to ${order.endDate}`),
    say(engine, `💰 Initial Capital: ${dollars(order.capital)}`),
    say(repository, `Loading data from cache: ${symbol} ${timeframe} (start=None, end=None)`),
    say(loader, 'Started load of price data'),
    say(loader, `Loading data for ${symbol} (${timeframe}) from data/${symbol}_${timeframe}.csv`),
  ];
}

/** The indicators of the strategies whose backtests were recorded. */
function indicatorsOf({ strategy }: BacktestOrder): readonly {
  readonly title: string;
  readonly name: string;
  readonly parameters: string;
}[] {
  const rsi = { title: 'RSI', name: 'rsi', parameters: "{'period': 14, 'source': 'close'}" };
  const macd = {
    title: 'MACD',
    name: 'macd',
    parameters: "{'fast_period': 12, 'slow_period': 26, 'signal_period': 9, 'source': 'close'}",
  };
  return strategy === 'neuro_mean_reversion' ? [rsi, macd] : [rsi];
}

/** The price file has been read. */
export function loadedLog(at: number, order: BacktestOrder, { bars }: Plan): LogEntry[] {
  const { symbol, timeframe } = order;
  const rows = `Successfully loaded ${bars.rows} rows from cache for ${symbol} ${timeframe}`;
  return [completedLoad(at, bars.rows), entry(at, 'INFO', repository, rows)];
}

/** The indicators are computed for all bars at once. */
export function computingLog(at: number): LogEntry[] {
  return [
    entry(at, 'INFO', engine, '🚀 Pre-computing indicators and fuzzy memberships...'),
    entry(at, 'INFO', decisions, '🚀 Preparing feature cache for backtesting...'),
  ];
}

/** The walk through the bars begins. */
export function loopLog(at: number, { bars }: Plan): LogEntry[] {
  const [first, last] = [bars.timeOf(0), bars.timeOf(bars.count - 1)].map(stampSpace);
  const skipping = '(skipping first 50 for indicator warm-up)';
  return [
    entry(at, 'INFO', decisions, '✅ Feature cache ready!'),
    entry(at, 'INFO', engine, '✅ Feature cache ready - backtesting should be much faster!'),
    entry(
      at,
      'INFO',
      engine,
      `🚀 Starting main simulation loop with ${bars.count} bars from ${first} to ${last}`,
    ),
    entry(at, 'INFO', engine, `📊 Processing ${bars.count - 50} bars ${skipping}`),
  ];
}

/** The end of a backtest that came through; what a walk without a judged bar leaves out is not measured. */
export function completionLog(
  at: number,
  id: string,
  order: BacktestOrder,
  { bars }: Plan,
): LogEntry[] {
  const say = (logger: string, text: string): LogEntry => entry(at, 'INFO', logger, text);
  const performance = 'ktrdr.backtesting.performance';
  const measured = [
    '📊 Final metrics calculation:',
    '   self.max_drawdown: 0.000000',
    `   self.peak_equity: ${dollars(order.capital)}`,
    '   max_drawdown_abs: $0.00',
    '   max_drawdown_pct: 0.000000 (0.00%)',
  ];
  const last = stampMinute(bars.timeOf(bars.count - 1));
  return [
    say(engine, `🔒 [${last}] Force-close check - Position: FLAT`),
    ...(judged(bars) > 0 ? measured.map((text) => say(performance, text)) : []),
    say(service, `Backtest completed for ${order.symbol} ${order.timeframe}: 0.00% return`),
    executedLine(at, id),
    say('ktrdr.async_infrastructure.progress', "Operation 'backtest' completed successfully"),
    say(orchestrator, `Completed managed operation: ${id}`),
    say(operationsService, `Completed operation: ${id}`),
  ];
}

/** What went wrong, before the operation's own lines (logs-backtest-async-failures, -missing-model-seed). */
export function troubleLog(at: number, order: BacktestOrder, plan: Plan): readonly LogEntry[] {
  switch (plan.failure?.step) {
    case 'file':
      return loadFaultLog(at, order.symbol, order.timeframe, plan.failure.fault ?? 'file');
    case 'range':
      return loadedLog(at, order, plan);
    case 'indicators': {
      const [, cause = ''] = plan.failure.message.split('Failed to compute indicator ');
      return [entry(at, 'ERROR', indicators, `Error computing indicator ${cause}`)];
    }
    default:
      return [];
  }
}

/** An amount as the engine writes it: `$100,000.00`. */
export function dollars(amount: number): string {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  return `$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
