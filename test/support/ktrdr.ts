import { join } from 'node:path';
import { parseProfile } from '../../src/profile/parse.ts';
import { profileFiles } from '../../src/profile/load.ts';

/** The repository's root. */
export const root = join(import.meta.dirname, '..', '..');

/** The shipped profile, read once per test file. */
export const ktrdr = parseProfile(await profileFiles(join(root, 'profiles/ktrdr'), root));

/** The made-up profile, which knows nothing of the shipped one. */
export const bakery = parseProfile(
  await profileFiles(join(root, 'test/fixtures/profiles/bakery'), root),
);

/** The seed's example. */
export const cancellation = {
  name: 'Training Cancellation',
  domain: 'training',
  category: 'cancellation',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'operations-service', 'training-worker'],
  outcome: [
    { state: { path: '.data.status', in: ['cancelled', 'failed'] } },
    { log: { service: 'backend', absent: 'no running event loop' } },
  ],
  calibration: 'training/cancellation',
} as const;
