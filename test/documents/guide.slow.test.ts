import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint, Profile } from '../../src/profile/schema.ts';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { startBakery, type Bakery } from '../fixtures/bakery-server.ts';
import { holds } from '../profile/holds.ts';
import { bakery, ktrdr, root } from '../support/ktrdr.ts';
import { bashBlocks, pasted, type Block } from './blocks.ts';
import { breakingProxy } from './breaking-proxy.ts';

const guides = {
  ktrdr: readFileSync(join(root, 'docs/testing/TESTING_GUIDE.md'), 'utf8'),
  bakery: readFileSync(join(root, 'test/golden/bakery/TESTING_GUIDE.md'), 'utf8'),
};

let sandbox: RunningSandbox;
/** As slow as the real services: an operation that an example needs still runs when it is asked about, however busy the machine. */
let real: RunningSandbox;
let oven: Bakery;
let envs: { readonly ktrdr: NodeJS.ProcessEnv; readonly bakery: NodeJS.ProcessEnv };
let slow: typeof envs;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: 'auto', speed: 5, profileVersion: 'era' });
  real = await startSandbox({ ports: 'auto', speed: 1, profileVersion: 'era' });
  oven = await startBakery({ speed: 0.5 });
  envs = {
    ktrdr: { ...withDeadPorts(ktrdr), ...sandbox.env },
    bakery: {
      BAKERY_URL: oven.origin,
      SCENARIO_LOG_COUNTER: `file:${oven.log}`,
      SCENARIO_TIME_SCALE: '2',
    },
  };
  slow = { ...envs, ktrdr: { ...withDeadPorts(ktrdr), ...real.env } };
});
afterAll(async () => {
  await sandbox.close();
  await real.close();
  await oven.close();
});

/** Nobody's live services are asked: what the sandbox does not serve has a port at which nobody listens. */
function withDeadPorts(profile: Profile): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.values(profile.services).map(({ variable }) => [variable, 'http://127.0.0.1:9']),
  );
}

const systems = [
  ['ktrdr', ktrdr],
  ['bakery', bakery],
] as const;

/** The bash blocks of a guide, and those of its patterns, the first of which sets up. */
function partsOf(name: keyof typeof guides) {
  const blocks = bashBlocks(guides[name]);
  const under = (start: string): readonly Block[] =>
    blocks.filter((block) => block.under.startsWith(start));
  const patterns = blocks.filter(({ under: where }) => where.startsWith('Test Patterns'));
  return { blocks, under, patterns, setUp: patterns[0]?.bash ?? '' };
}

// Most of it is waiting, for both systems at once.
describe.concurrent.each(systems)('the guide of %s', (name, profile) => {
  const { under, patterns, setUp } = partsOf(name);

  test('the patterns, pasted one after the other: each Expected holds; the log lines are counted', async () => {
    // Each pattern begins with the set-up, from which on the logs are read.
    const all = [...patterns, ...under('Log Patterns')].flatMap((block) =>
      / \/ 1\. /.test(block.under) ? [{ ...block, bash: setUp }, block] : [block],
    );
    const ended = await pasted(
      all.map(({ bash }) => bash),
      envs[name],
    );
    const red = ended.flatMap(({ code }, index) => (code === 0 ? [] : [all[index]?.under]));
    expect(red).toEqual([]);
    expect(ended).toHaveLength(all.length);
    const counts = new Map(
      [...(ended.at(-1)?.stdout ?? '').matchAll(/^([a-z-]+): (\d+)$/gm)].map(
        ([, id = '', count]) => [id, Number(count)],
      ),
    );
    expect([...counts.keys()]).toEqual(profile.logPatterns.map(({ id }) => id));
    const [first] = profile.logPatterns;
    expect(counts.get(first?.id ?? '')).toBeGreaterThan(0);
    expect(counts.get('no-event-loop') ?? 0).toBe(0);
  });
});

describe.each(systems)('the guide of %s', (name, profile) => {
  const { blocks, under, patterns, setUp } = partsOf(name);

  test('every block has its place in these tests', () => {
    const places = ['Health Checks', 'Test Patterns', 'Key API Endpoints', 'Log Patterns to Watch'];
    const homeless = blocks.filter(
      ({ under: where }) => !places.some((place) => where.startsWith(place)),
    );
    expect(homeless).toEqual([]);
    expect(patterns.length).toBeGreaterThan(15);
  });

  test('the quick check tells who is well and who is not', async () => {
    const [ended] = await pasted([under('Health Checks')[0]?.bash ?? ''], envs[name]);
    const expected = Object.entries(profile.services).map(
      ([service, { variable }]) =>
        `${service}: ${envs[name][variable]?.endsWith(':9') ? 'not healthy' : 'healthy'}`,
    );
    expect(ended?.stdout.trim().split('\n')).toEqual(expected);
  });

  // The patterns leave an id of the first operation's service; another service knows none of it.
  const [, own] = Object.entries(profile.operations)[0] ?? [];
  const isForeign = ({ path, service }: Endpoint): boolean =>
    path.includes('{id}') && service !== own?.service;
  const endpoints = Object.entries(profile.endpoints);
  test.concurrent.for(endpoints)(
    'its example of %s gets the reply that the profile promises',
    async ([key, endpoint]) => {
      const block = blocks.find(({ under: where }) => where.includes(`(${key},`));
      if (!block) throw new Error(`the guide has no example of ${key}`);
      const started = patterns.find(({ under: where }) => where.includes('Cancellation / 1.'));
      const begun = /\$\{?[A-Z_]*ID\b/.test(block.bash) ? [started?.bash ?? ''] : [];
      const ended = await pasted(
        [`${setUp} >/dev/null`, ...begun, 'set -o pipefail', block.bash],
        slow[name],
      );
      const { stdout, code } = ended.at(-1) ?? { stdout: '', code: -1 };
      if (isForeign(endpoint)) {
        // Refused with 404, or told inside a reply with status 200, as recorded.
        expect({ code, stdout }).toMatchObject(
          code === 0
            ? { stdout: expect.stringContaining('"success": false') }
            : { code: 22, stdout: expect.stringMatching(/not found/i) },
        );
        return;
      }
      expect({ code, stdout }).toMatchObject({ code: 0 });
      const body = JSON.parse(stdout) as Parameters<typeof holds>[1];
      expect(endpoint.accepted.expect.filter((one) => !holds(one, body))).toEqual([]);
    },
  );
});

test('a service that is ill is not called healthy, whatever its body says', async () => {
  const proxy = await breakingProxy(sandbox.services['backend'] ?? '', (passing) => {
    passing.status = 503;
  });
  try {
    const [quick, one] = bashBlocks(guides.ktrdr);
    const env = { ...envs.ktrdr, KTRDR_API_URL: proxy.origin };
    const ended = await pasted([quick?.bash ?? '', 'set -o pipefail', one?.bash ?? ''], env);
    expect(ended[0]?.stdout).toContain('backend: not healthy\n');
    expect(ended[2]?.code).not.toBe(0);
  } finally {
    proxy.close();
  }
});
