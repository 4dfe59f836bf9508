import type { Service } from '../service.ts';
import { wireWith } from '../wire.ts';
import { handleTrainingHost } from './handle.ts';

/** The training host: sessions, their operations, health. */
export const trainingHost: Service = {
  name: 'training-host',
  port: 5002,
  addressVariable: 'KTRDR_TRAINING_HOST_URL',
  isUp: (modes) => modes.training !== 'host-down',
  handle: handleTrainingHost,
  wire: (response) => wireWith(response),
};
