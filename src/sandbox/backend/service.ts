import type { Service } from '../service.ts';
import { handleBackend } from './handle.ts';
import { wireOf } from './wire.ts';

/** The backend API: operations, trainings, health. */
export const backend: Service = {
  name: 'backend',
  port: 8000,
  addressVariable: 'KTRDR_API_URL',
  isUp: () => true,
  handle: handleBackend,
  wire: wireOf,
};
