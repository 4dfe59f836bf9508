import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { makeScenario } from '../../src/io/make.ts';
import { openProject } from '../../src/io/project.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { prove } from '../../src/prove/prove.ts';
import { gate } from '../../src/run/pool.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { startBakery } from '../fixtures/bakery-server.ts';
import { lockedDoor } from '../fixtures/locked-door.ts';
import { freshFolder, treeOf } from '../support/cli.ts';
import { bakery as plain } from '../support/ktrdr.ts';

/** The bakery behind TLS and a password, with a ledger in a database and a till in a container. */
const { counter } = plain.services;
if (!counter) throw new Error('no counter');
const profile: Profile = {
  ...plain,
  services: {
    ...plain.services,
    counter: {
      ...counter,
      headers: { Authorization: 'Bearer {BAKERY_TOKEN}' },
      tls: { ca: 'BAKERY_CA' },
    },
  },
  variables: [{ name: 'BAKERY_TOKEN', purpose: 'the word at the door', secret: true }],
  databases: {
    ledger: { title: 'ledger', variable: 'BAKERY_LEDGER', cure: 'set it', source: 'made up' },
  },
};
const answers = {
  ...bakeryAnswers.menu,
  outcome: [
    { database: { query: 'SELECT count(*) FROM orders', equals: 3 } },
    { file: { path: 'till.json', in: 'counter', newer: true, value: { path: '.n', gte: 3 } } },
  ],
};
/** What the bakery's other tests of proofs see too. */
const slow = new Set<string | undefined>(['in-time', 'no-errors-counter', 'answer-body']);
const secrets = ['s3cret-token', 'pg-s3cret'];

/** Commands that stand in for those of a machine with an engine and a database. */
const commands = {
  psql: `#!/bin/sh\necho '{"count":1,"rows":[{"count":3}],"value":3}'\n`,
  docker: `#!/bin/sh\nif [ "$3" = stat ]; then echo 99999999999.5; exit; fi\nshift 2\nexec "$@"\n`,
};

test(
  'headers, TLS, a database and a file in a container: every fault lands and kills, no secret is kept',
  { timeout: 240_000 },
  async () => {
    const root = freshFolder();
    const [bin, evidence] = [join(root, 'bin'), join(root, 'evidence')];
    for (const folder of [bin, evidence]) mkdirSync(folder);
    for (const [name, text] of Object.entries(commands)) {
      writeFileSync(join(bin, name), text);
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(root, 'till.json'), '{"n":3}');
    const bakery = await startBakery({ speed: 2 });
    const door = await lockedDoor(bakery.origin, `Bearer ${secrets[0]}`, root);
    const project = openProject(root);
    const checked = checkAnswers(answers, profile);
    if (!checked.answers) throw new Error(JSON.stringify(checked.problems));
    const change = { dryRun: false, force: false };
    const scenario = draft(checked.answers, profile.name);
    const made = await makeScenario(project, profile, scenario, change);
    const proof = await prove(made.resolved, {
      script: join(root, project.output, made.id, 'run.sh'),
      root,
      folder: evidence,
      speed: 2,
      defaultVersion: 'one',
      env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
      signal: new AbortController().signal,
      gate: gate(2),
      tries: 1,
      see: () => undefined,
      // A query that never ends is awaited for 30 s.
      choose: (all) => all.filter(({ name, point }) => name !== 'never-ends' && !slow.has(point)),
      stand: () =>
        Promise.resolve({
          services: { counter: door.origin },
          logs: { counter: bakery.log },
          bin,
          env: {
            BAKERY_TOKEN: 's3cret-token',
            BAKERY_CA: door.certificate,
            BAKERY_LEDGER: 'postgresql://baker:pg-s3cret@db.example/ledger',
            SCENARIO_TIME_SCALE: '0.5',
          },
          close: () => Promise.resolve(),
        }),
    });
    await door.close();
    await bakery.close();
    expect(proof).toMatchObject({ baseline: 'passed', survivors: [] });
    expect(proof.decorative.filter((id) => !slow.has(id))).toEqual([]);
    expect(proof.faults.killed).toBe(proof.faults.planted);
    const killed = new Map(
      proof.criteria.map(({ id, killedBy }) => [id, killedBy.map((one) => one.split(':')[0])]),
    );
    expect(killed.get('database-ledger')).toEqual([
      'wrong-exit',
      'says-nothing',
      'field-missing',
      'wrong-value',
    ]);
    expect(killed.get('file-newer')).toEqual(['file-missing', 'file-old']);
    expect(killed.get('file-value')).toEqual(['file-missing', 'field-missing', 'wrong-value']);
    const kept = Object.values(treeOf(evidence)).join('\n') + JSON.stringify(proof);
    expect(kept).toContain('Bearer [BAKERY_TOKEN]');
    for (const secret of secrets) expect(kept).not.toContain(secret);
    expect(readFileSync(join(root, 'generated', made.id, 'run.sh'), 'utf8')).toContain(
      'ca=BAKERY_CA',
    );
  },
);
