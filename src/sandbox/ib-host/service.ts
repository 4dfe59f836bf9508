import type { Service } from '../service.ts';
import { wireWith } from '../wire.ts';
import { handleIbHost } from './handle.ts';

/** The IB host: health, bars and symbols of Interactive Brokers. */
export const ibHost: Service = {
  name: 'ib-host',
  port: 5001,
  addressVariable: 'KTRDR_IB_HOST_URL',
  isUp: (modes) => modes.ib !== 'host-down',
  handle: handleIbHost,
  wire: (response) => wireWith(response),
};
