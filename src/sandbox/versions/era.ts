import { trainAtEra } from '../backend/start.ts';
import { backtestAtEra } from '../backtest/start.ts';
import { detail } from '../http.ts';
import { stampNaive } from '../python-text.ts';
import { strategyFiles, trainable } from '../training/strategies.ts';
import type { Version } from '../version.ts';

/** The version that was recorded. */
export const era: Version = {
  name: 'era',
  title: 'KTRDR (era)',
  statuses: ['pending', 'running', 'completed', 'failed', 'cancelled'],
  operationTypes: [
    'data_load',
    'training',
    'backtesting',
    'indicator_compute',
    'fuzzy_analysis',
    'dummy',
  ],
  strategyFiles,
  trainable,
  strategyFills: false,
  slippage: 0.001,
  manages: true,
  hasRegistry: false,
  health: () => ({ status: 'ok', version: '1.0.7.2' }),
  hostStamp: stampNaive,
  isListed: () => true,
  shown: (record) => record,
  // Its end and its result stay null (ktrdr-real 17 and 31).
  mirrored: () => ({}),
  cancelled: { answer: {}, line: '' },
  badDate: () => detail(500, 'Failed to start training'),
  train: (world, order, _taskId, moment) => trainAtEra(world, order, moment),
  backtest: backtestAtEra,
};
