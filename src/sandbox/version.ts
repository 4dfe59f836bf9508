import type { Answer } from './backend/answer.ts';
import type { Operation } from './backend/state.ts';
import type { BacktestOrder } from './backtest/order.ts';
import type { Moment, SandboxResponse } from './http.ts';
import type { Members } from './json.ts';
import type { Strategy } from './training/strategies.ts';
import type { TrainingOrder } from './training/plan.ts';
import type { World } from './world.ts';

/**
 * One version of KTRDR: what differs between them, each difference a value or a small function. ERA is what was recorded; HEAD
 * was only read (guide ktrdr-api), so all that differs there is unrecorded.
 */
export interface Version {
  readonly name: 'era' | 'head';
  /** What the sandbox says it stands in for. */
  readonly title: string;
  /** Statuses and types that a list can be asked for. */
  readonly statuses: readonly string[];
  readonly operationTypes: readonly string[];
  /** All strategy files, in the order in which they are listed, and those that the sandbox can train. */
  readonly strategyFiles: readonly string[];
  readonly trainable: readonly Strategy[];
  /** Symbols and timeframes may be left to the strategy. */
  readonly strategyFills: boolean;
  /** The slippage of a backtest that names none. */
  readonly slippage: number;
  /** The backend runs each operation as a managed one, and says so in its log. */
  readonly manages: boolean;
  /** There is a registry of workers under `/api/v1/workers`. */
  readonly hasRegistry: boolean;
  /** Body of `GET /api/v1/health`. */
  health(now: number): Members;
  /** How the hosts write a time. */
  hostStamp(now: number): string;
  /** Whether the backend's list still, or already, knows an operation. */
  isListed(operation: Operation): boolean;
  /** The record as it is shown, from the one of ERA. */
  shown(record: Members, operation: Operation): Members;
  /** What the backend's record takes over from the service that ran the operation, beside status, progress and metrics. */
  mirrored(record: Operation): Partial<Operation>;
  /** What a cancel's answer and its log line say at their ends. */
  readonly cancelled: { readonly answer: Members; readonly line: string };
  /** The answer to a training whose dates are none. */
  badDate(error: string): SandboxResponse;
  /** A checked training, begun where this version trains; `taskId` as it was sent. */
  train(world: World, order: TrainingOrder, taskId: string | null, moment: Moment): Answer;
  /** A checked backtest, begun where this version runs it. */
  backtest(world: World, order: BacktestOrder, moment: Moment): Answer;
}
