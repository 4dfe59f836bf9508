import type { Progress } from '../backend/work.ts';
import { nameOf } from './order.ts';
import type { DownloadOrder } from './order.ts';
import type { Members } from '../json.ts';

/** Names and percentages of the seven steps (guide ktrdr-api section 4.4; contexts of recordings download-*). */
function stepOf(order: DownloadOrder, step: number, segments: number): Members {
  const { symbol, timeframe, mode } = order;
  const steps: readonly (readonly [string, number, number])[] = [
    [`Validating symbol ${symbol}`, 0, 5],
    [`Loading cached data for ${symbol} ${timeframe}`, 5, 15],
    ['Validating request dates', 15, 20],
    [`Analyzing data gaps for ${symbol} (${mode} mode)`, 20, 25],
    ['Planning download segments', 25, 30],
    [`Downloading ${segments} segments from IB`, 30, 90],
    [`Merging and saving ${symbol} ${timeframe} data`, 90, 100],
  ];
  const [name, from, to] = steps[step] ?? ['', 0, 0];
  return { current_step_name: name, step_start_percentage: from, step_end_percentage: to };
}

/** The progress when one of the steps begins. */
export function stepProgress(order: DownloadOrder, step: number): Progress {
  const named = stepOf(order, step, 0);
  return {
    ...progressOf(Number(named['step_start_percentage']), step),
    current_step: `⚡ Starting Download ${order.symbol} ${order.timeframe} [${step}/7]`,
    context: { ...base(order), ...named, enhanced_step_name: named['current_step_name'] ?? '' },
  };
}

/** Where in the segments a download is, and what it says of it. */
export interface Spot {
  readonly current: number;
  readonly total: number;
  readonly detail: string;
  /** Bars so far; 0 while segments are under way (ktrdr-real 22). */
  readonly items: number;
}

/** The progress in steps 5 (a segment begins) and 6 (all is merged and saved). */
export function spotProgress(order: DownloadOrder, step: 5 | 6, spot: Spot): Progress {
  const { current, total, detail, items } = spot;
  const named = stepOf(order, step, total);
  const [from, to] = [Number(named['step_start_percentage']), Number(named['step_end_percentage'])];
  const ratio = current / total;
  const name = String(named['current_step_name']);
  const counted = items > 0 ? ` (${items} items)` : '';
  return {
    ...progressOf(step === 5 ? from + ratio * (to - from) : from, step),
    current_step: `⚡ ${name}: ${detail} (${current}/${total})${counted}`,
    items_processed: items,
    context: {
      ...base(order),
      ...named,
      step_current: current,
      step_total: total,
      step_detail: detail,
      step_progress_ratio: ratio,
      enhanced_step_name: name,
      step_progress: `${current}/${total}`,
      step_progress_detail: {
        current,
        total,
        percentage: ratio * 100,
        range_start: from,
        range_end: to,
      },
    },
  };
}

function base(order: DownloadOrder): Members {
  return { operation: nameOf(order), service: 'Data/Acquisition' };
}

function progressOf(percentage: number, step: number): Progress {
  return {
    percentage,
    current_step: null,
    steps_completed: step,
    steps_total: 7,
    items_processed: 0,
    items_total: null,
    current_item: null,
    context: {},
  };
}
