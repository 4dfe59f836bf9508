import { describe, expect, it } from 'vitest';
import { requestOf } from '../../src/sandbox/http.ts';
import { strangers } from './strangers.ts';
import { trimmedFolder } from './recording.ts';
import { long, smoke, World } from './world.ts';

const inHostMode = { training: 'host' };

/** A smoke training in HOST mode, polled while it prepares and at its end. */
function completed(): World {
  const world = new World(1, inHostMode);
  const id = world.start(smoke);
  world.poll(id);
  world.pass(700);
  world.poll(id);
  world.pass(5000);
  world.poll(id);
  return world;
}

/** A long one that keeps the host busy for a second, and is cancelled. */
function cancelled(): World {
  const world = new World(1, inHostMode);
  const id = world.start(long);
  world.pass(4400);
  world.start(smoke);
  world.pass(10_600);
  world.poll(id);
  world.send(requestOf('DELETE', `/api/v1/operations/${id}`));
  world.pass(1000);
  world.poll(id);
  return world;
}

/** What the sandbox cannot know: who asked, and how many sessions there had been. */
const differs = /^INFO: |Checking limits|Getting status|Retrieved operation/;

describe('in HOST mode both logs say what the real ones said', () => {
  it.each([
    ['backend', 'logs-host-train-smoke-1d-2024-backend-remote', completed],
    ['training-host', 'logs-host-train-smoke-1d-2024-host', completed],
    ['backend', 'logs-host-train-cancel-5m-15s-backend-remote', cancelled],
    ['training-host', 'logs-host-train-cancel-5m-15s-host', cancelled],
  ] as const)('%s: %s', (service, log, make) => {
    const strange = strangers(trimmedFolder, log, make().logOf(service));
    expect(strange.filter((line) => !differs.test(line))).toEqual([]);
  });
});
