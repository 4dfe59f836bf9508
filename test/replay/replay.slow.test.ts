import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openProject } from '../../src/io/project.ts';
import { readEntry } from '../../src/io/library.ts';
import { prove } from '../../src/prove/prove.ts';
import { exchangesSchema } from '../../src/replay/exchanges.ts';
import { replayStand } from '../../src/replay/stand.ts';
import { gate } from '../../src/run/pool.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { startBakery } from '../fixtures/bakery-server.ts';
import { freshFolder, scenario } from '../support/cli.ts';
import { bakery as profile, root } from '../support/ktrdr.ts';

const id = 'orders/baking-smoke';

test(
  'a green run of the bakery is recorded, and proven when the bakery is gone',
  { timeout: 90_000 },
  async () => {
    const folder = freshFolder();
    writeFileSync(
      join(folder, 'scenario.config.yaml'),
      `profile: ${join(root, 'test/fixtures/profiles/bakery')}\n`,
    );
    await scenario(folder, ['new', '--from', '-'], {
      stdin: stringify(bakeryAnswers.smoke, { aliasDuplicateObjects: false }),
    });
    expect(await scenario(folder, ['prove', '--all', '--where-possible'])).toMatchObject({
      code: 0,
      stdout: 'nothing was proven\n',
      stderr: expect.stringContaining(`${id}: the sandbox does not serve counter`),
    });
    const bakery = await startBakery({ speed: 4 });
    const recorded = await scenario(folder, ['run', id, '--record-exchanges', '--json'], {
      env: {
        BAKERY_URL: bakery.origin,
        SCENARIO_LOG_COUNTER: `file:${bakery.log}`,
        SCENARIO_TIME_SCALE: '0.25',
      },
    });
    await bakery.close();
    expect(recorded).toMatchObject({ code: 0, stderr: expect.stringContaining('exchanges.json') });
    const path = join(folder, 'generated', id, 'exchanges.json');
    const exchanges = exchangesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(exchanges.logs.flatMap(({ lines }) => lines)).toContain('A-17 is ready');

    const entry = readEntry(openProject(folder), profile, id);
    const few = new Set([
      'log-line-missing',
      'log-error-line',
      'log-rotated',
      'service-dies',
      'ends-as-burnt',
    ]);
    const proof = await prove(entry.resolved, {
      script: join(folder, 'generated', id, 'run.sh'),
      root: folder,
      folder: freshFolder(),
      speed: 20,
      defaultVersion: 'era',
      env: { PATH: process.env['PATH'] },
      signal: new AbortController().signal,
      gate: gate(2),
      tries: 1,
      see: () => undefined,
      choose: (all) => all.filter(({ name }) => few.has(name)),
      stand: (one, speed) => replayStand(one, exchanges, speed),
    });
    expect(proof).toMatchObject({ baseline: 'passed', faults: { planted: 4, killed: 4 } });

    const changed = {
      ...exchanges,
      checks: 'old',
      exchanges: exchanges.exchanges.filter(({ method }) => method === 'GET'),
    };
    writeFileSync(path, JSON.stringify(changed));
    const lacking = await scenario(folder, ['prove', id, '--replay']);
    expect(lacking).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('the recording has no reply for POST /orders: record again'),
      stderr: expect.stringContaining('has other checks than when it was recorded'),
    });
  },
);
