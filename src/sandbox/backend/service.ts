import type { Service } from '../service.ts';
import { handleBackend, tickBackend } from './handle.ts';
import { newBackend } from './state.ts';
import type { BackendState } from './state.ts';
import { wireOf } from './wire.ts';

/** The backend API: operations, trainings, health. */
export const backend: Service<BackendState> = {
  name: 'backend',
  port: 8000,
  addressVariable: 'KTRDR_API_URL',
  start: newBackend,
  handle: handleBackend,
  tick: tickBackend,
  wire: wireOf,
};
