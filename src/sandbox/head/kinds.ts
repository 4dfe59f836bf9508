import type { BackendState } from '../backend/state.ts';
import type { Modes } from '../modes.ts';
import type { World } from '../world.ts';

/** One kind of worker of HEAD (guide ktrdr-api sections 1.5 and 2.6): what it is called, and where its operations are kept. */
export interface WorkerKind {
  readonly type: 'training' | 'backtesting';
  /** The service of the sandbox that stands for the workers of this kind. */
  readonly door: 'training-host' | 'backtest-worker';
  readonly addressVariable: string;
  /** The port of the door. */
  readonly port: number;
  /** The ports of the workers in the local set-up (H: deploy/environments/local/docker-compose.yml). */
  readonly ports: readonly number[];
  readonly startPath: string;
  /** `service` of its health, and of its root. */
  readonly service: string;
  readonly title: string;
  /** Who says, in its log, that a bridge is there (guide ktrdr-api section 7); undefined where nobody does. */
  readonly bridgeLine?: { readonly logger: string; readonly text: string };
  /** Whether workers have registered. */
  isUp(modes: Modes): boolean;
  stateOf(world: World): BackendState;
  withState(world: World, state: BackendState): World;
}

/** Trainings run on CPU workers; the GPU host of 5002 is the door to them. */
export const training: WorkerKind = {
  type: 'training',
  door: 'training-host',
  addressVariable: 'KTRDR_TRAINING_HOST_URL',
  port: 5002,
  ports: [5005, 5006],
  startPath: '/training/start',
  service: 'training-worker',
  title: 'Training Worker Service',
  bridgeLine: {
    logger: 'ktrdr.training.training_worker',
    text: 'Registered training bridge for operation',
  },
  isUp: (modes) => modes.training !== 'host-down',
  stateOf: (world) => world.trainingHost.operations,
  withState: (world, operations) => ({
    ...world,
    trainingHost: { ...world.trainingHost, operations },
  }),
};

/** Backtests run on their own workers. */
export const backtesting: WorkerKind = {
  type: 'backtesting',
  door: 'backtest-worker',
  addressVariable: 'KTRDR_BACKTEST_URL',
  port: 5003,
  ports: [5003, 5004],
  startPath: '/backtests/start',
  service: 'backtesting-worker',
  title: 'Backtesting Worker Service',
  isUp: (modes) => modes.backtest !== 'remote-down',
  stateOf: (world) => world.backtestWorker,
  withState: (world, backtestWorker) => ({ ...world, backtestWorker }),
};
