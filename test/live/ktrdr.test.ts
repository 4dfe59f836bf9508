import { expect, test } from 'vitest';
import { holdAgainst } from '../../src/live/profile-check.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { ktrdr } from '../support/ktrdr.ts';

test('the shipped profile holds against the sandbox, as far as GET can see', async () => {
  const sandbox = await startSandbox({ ports: 'auto', speed: 1, profileVersion: 'era' });
  try {
    const settings = (name: string) => ({ value: sandbox.env[name] ?? '', origin: 'environment' });
    const { signal } = new AbortController();
    const services = Object.keys(ktrdr.services);
    const held = await holdAgainst({ profile: ktrdr, settings, signal }, services);
    expect(held.filter(({ ok }) => ok === false)).toEqual([]);
    expect(held.filter(({ kind, ok }) => kind === 'health' && ok)).toHaveLength(services.length);
  } finally {
    await sandbox.close();
  }
});
