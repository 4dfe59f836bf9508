import { newBackend } from './backend/state.ts';
import type { BackendState } from './backend/state.ts';
import type { Modes } from './modes.ts';
import { newTrainingHost } from './training-host/state.ts';
import type { TrainingHostState } from './training-host/state.ts';
import type { Version } from './version.ts';
import { era } from './versions/era.ts';

/** The whole system in one value, since its services talk to each other: KTRDR in one process. */
export interface World {
  /** How many times faster than KTRDR everything goes. */
  readonly speed: number;
  readonly modes: Modes;
  readonly backend: BackendState;
  readonly trainingHost: TrainingHostState;
  /** The backtest worker runs the same operations service as the backend, on the same files. */
  readonly backtestWorker: BackendState;
}

/** A system whose services have all just been started. */
export function newWorld(speed: number, modes: Modes, version: Version = era): World {
  return {
    speed,
    modes,
    backend: newBackend(speed, version),
    trainingHost: newTrainingHost(speed, version),
    backtestWorker: newBackend(speed, version),
  };
}
