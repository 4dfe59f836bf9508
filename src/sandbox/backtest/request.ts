import { readIsoDate } from '../backend/iso-date.ts';
import type { FieldProblem } from '../backend/problems.ts';
import { bodyProblem, optionalText, requiredText } from '../backend/start-request.ts';
import type { Json } from '../http.ts';
import type { Version } from '../version.ts';
import type { BacktestOrder } from './order.ts';

/** Checks the fields of `POST …/backtests/start` in pydantic's order; all problems at once (recordings backtest-*). */
export function checkBacktest(
  members: { readonly [key: string]: Json },
  { strategyFills, slippage }: Pick<Version, 'strategyFills' | 'slippage'>,
): {
  readonly order: BacktestOrder;
  readonly problems: readonly FieldProblem[];
} {
  const problems: FieldProblem[] = [];
  const name = (field: string): string => filledText(members[field], field, problems);
  const given = (field: string): string => providedText(members[field], field, problems);
  const date = (field: string): string => isoDate(members[field], field, problems);
  const order = {
    strategy: name('strategy_name'),
    symbol: strategyFills ? given('symbol') : name('symbol'),
    timeframe: strategyFills ? given('timeframe') : name('timeframe'),
    startText: textOf(members['start_date']),
    endText: textOf(members['end_date']),
    startDate: date('start_date'),
    endDate: date('end_date'),
    capital: capital(members['initial_capital'], problems),
    commission: float(members['commission'], 'commission', 0.001, problems),
    slippage: float(members['slippage'], 'slippage', slippage, problems),
    // No field at all at ERA, so nothing that is wrong with it is told.
    modelPath: strategyFills ? optionalText(members['model_path'], 'model_path', problems) : null,
  };
  return { order, problems };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function filledText(value: Json | undefined, field: string, problems: FieldProblem[]): string {
  const text = requiredText(value, field, problems);
  if (typeof value === 'string' && text.trim() === '') {
    problems.push(bodyProblem(field, 'Value error, Field cannot be empty', 'value_error'));
  }
  return text.trim();
}

/** A text that may be left to the strategy; empty where it is. */
function providedText(value: Json | undefined, field: string, problems: FieldProblem[]): string {
  const text = optionalText(value, field, problems);
  if (text !== null && text.trim() === '' && typeof value === 'string') {
    const message = 'Value error, Field cannot be empty if provided';
    problems.push(bodyProblem(field, message, 'value_error'));
  }
  return text?.trim() ?? '';
}

function isoDate(value: Json | undefined, field: string, problems: FieldProblem[]): string {
  const text = requiredText(value, field, problems);
  if (typeof value !== 'string') return '';
  const date = readIsoDate(text);
  if ('naive' in date) return date.naive;
  const message = `Value error, Invalid date format. Use YYYY-MM-DD: ${text}`;
  problems.push(bodyProblem(field, message, 'value_error'));
  return '';
}

function capital(value: Json | undefined, problems: FieldProblem[]): number {
  const before = problems.length;
  const amount = float(value, 'initial_capital', 100_000, problems);
  if (problems.length === before && amount <= 0) {
    const message = 'Value error, Initial capital must be positive';
    problems.push(bodyProblem('initial_capital', message, 'value_error'));
  }
  return amount;
}

/** Pydantic's lax floats: also booleans and numbers in text. */
function float(
  value: Json | undefined,
  field: string,
  standard: number,
  problems: FieldProblem[],
): number {
  if (value === undefined) return standard;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') {
    problems.push(bodyProblem(field, 'Input should be a valid number', 'float_type'));
    return standard;
  }
  if (/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value)) return Number(value);
  const message = 'Input should be a valid number, unable to parse string as a number';
  problems.push(bodyProblem(field, message, 'float_parsing'));
  return standard;
}
