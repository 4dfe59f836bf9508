import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // By itself vitest leaves one processor free; most of our tests wait for processes of their own. With more workers than
    // processors the scripts under test come too late for what they cancel.
    maxWorkers: Math.max(2, availableParallelism()),
    // No test changes what another sees (no module mocks, no globals), so the modules are loaded once a worker: 110 s of loading less.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
