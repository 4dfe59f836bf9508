import type { LogEntry } from '../log-entry.ts';
import { stampLog, stampSpace } from '../python-text.ts';
import { decisions, dollars, engine } from './log.ts';
import { decisionError } from './models.ts';
import type { BacktestOrder } from './order.ts';
import { beginsAt, judged, warmUp } from './plan.ts';
import type { Plan } from './plan.ts';

/** The first bars are too early to be decided on: their model is looked for, and nothing is said (logs-backtest-*). */
const undecided = 10;

/**
 * The lines of judged bars from `first` up to (not with) `next`; `atOf` turns an offset into wall
 * clock. Each bar looks for its model, fails, and becomes HOLD: four lines, three of them errors.
 */
export function barLog(
  order: BacktestOrder,
  plan: Plan,
  first: number,
  next: number,
  atOf: (offset: number) => number,
): LogEntry[] {
  const error = decisionError(order, plan.hasModel);
  const { symbol, timeframe } = order;
  const total = judged(plan.bars);
  const each = Math.ceil(total / 10);
  const entries: LogEntry[] = [];
  for (let bar = first; bar < next; bar += 1) {
    const at = atOf(beginsAt(plan, bar));
    // Tens of thousands of lines in a run: each stamp is made once.
    const stamp = stampLog(at);
    const time = stampSpace(plan.bars.timeOf(warmUp + bar));
    const minute = time.slice(0, 16);
    const say = (text: string): void => {
      entries.push({ at, line: `${stamp} | ${text}` });
    };
    say(`INFO | ${decisions} | 🤖 [${minute}] Loading neural model for ${symbol} ${timeframe}`);
    if (bar >= undecided) {
      say(`ERROR | ${engine} | 🚨 [${minute}] Decision error: ${error.text}`);
      say(`ERROR | ${engine} | 🚨 Error details: ${error.kind}: ${error.text}`);
      entries.push({ at, line: `🚨 DECISION ERROR at ${time}: ${error.text}` });
      say(`INFO | ${engine} | 🛑 [${minute}] Created fallback HOLD decision due to error`);
    }
    if (bar > 0 && bar % each === 0) {
      const share = Math.round((bar / total) * 100);
      const value = dollars(order.capital);
      say(
        `INFO | ${engine} | Progress: ${share}% | Portfolio: ${value} | Orders: 0 | Completed Trades: 0`,
      );
    }
  }
  return entries;
}
