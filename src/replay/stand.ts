import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listening } from '../prove/proxy.ts';
import type { Stand } from '../prove/trial.ts';
import { timeScale } from '../sandbox/sandbox.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Exchanges } from './exchanges.ts';
import { beaconLine } from './gather.ts';
import { atStart, play } from './player.ts';
import { playedPrograms } from './programs.ts';

/** Plays the system of a recording on free ports: services, logs, commands and files, `speed` times as fast as it was by the clock of its own. */
export async function replayStand(
  scenario: Resolved,
  recorded: Exchanges,
  speed: number,
): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-replay-'));
  const logs = Object.fromEntries(
    scenario.services.flatMap(({ name, log }) =>
      log ? [[name, join(folder, `${name}.log`)]] : [],
    ),
  );
  // Any log holds lines from before the run; by them one is known that is cut while the run goes on.
  await Promise.all(
    Object.values(logs).map((path) => writeFile(path, 'what was logged before is not replayed\n')),
  );
  const programs = await playedPrograms(scenario, recorded, {
    folder,
    logs,
    pace: 1 / speed / recorded.timeScale,
  });
  const lacks: string[] = [];
  const written = new Set<number>();
  let position = atStart;
  const write = (isTime: (after: number) => boolean): void => {
    for (const [index, { service, after, behind, lines }] of recorded.logs.entries()) {
      const path = logs[service];
      if (behind !== undefined || written.has(index) || path === undefined || !isTime(after))
        continue;
      written.add(index);
      appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
    }
  };
  const answer = async (asked: Parameters<typeof play>[2]): Promise<Answer> => {
    const line = beaconLine(scenario, asked);
    const path = logs[asked.service];
    if (line !== undefined && path !== undefined) {
      write((after) => after < 0);
      appendFileSync(path, `${line}\n`);
      return { status: 404, headers: {}, body: '{}' };
    }
    const now = (performance.now() / 1000) * speed;
    const played = play(recorded.exchanges, position, asked, {
      now,
      pace: 1 / recorded.timeScale,
    });
    if ('lacks' in played) {
      lacks.push(played.lacks);
      return { status: 404, headers: {}, body: `the recording has no reply for ${played.lacks}` };
    }
    position = played.position;
    write((after) => after >= 0 && after <= position.farthest);
    await programs.release(position.farthest);
    return recorded.exchanges[played.index] as Answer;
  };
  const up = scenario.services.filter(({ down }) => down === undefined);
  const servers = await Promise.all(up.map(({ name }) => playing(name, answer)));
  return {
    services: Object.fromEntries(servers.map(({ name, origin }) => [name, origin])),
    logs,
    bin: programs.bin,
    files: recorded.files,
    lacks: () => lacks,
    env: {
      ...settingsOf(scenario, recorded),
      SCENARIO_COMMANDS: programs.bin,
      SCENARIO_TIME_SCALE: timeScale(speed),
      // Nothing that is played is lost, paid or asked of others.
      SCENARIO_ALLOW: 'destructive,cost,external',
    },
    close: async () => {
      await Promise.all(servers.map(({ close }) => close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What preflight asks besides the services: settings as they were, and for each secret its name, as it stands in the recording. */
function settingsOf(
  scenario: Resolved,
  { variables }: Exchanges,
): { readonly [name: string]: string } {
  return {
    ...Object.fromEntries(
      scenario.services.flatMap(({ down, variable }) =>
        down === undefined ? [] : [[variable, 'http://127.0.0.1:9']],
      ),
    ),
    ...Object.fromEntries(
      scenario.settings.flatMap((one) => (one.kind === 'mode' ? [[one.variable, one.value]] : [])),
    ),
    ...Object.fromEntries(
      scenario.variables.flatMap(({ name, secret }) => (secret ? [[name, `[${name}]`]] : [])),
    ),
    ...Object.fromEntries(
      scenario.databases.map(({ variable }) => [
        variable,
        'postgresql://replay:replay@127.0.0.1:9/replay',
      ]),
    ),
    ...variables,
  };
}

interface Playing {
  readonly name: string;
  readonly origin: string;
  close(): Promise<void>;
}

async function playing(
  name: string,
  answer: (asked: Parameters<typeof play>[2]) => Promise<Answer>,
): Promise<Playing> {
  const server = createServer((request, response) => {
    const reply = async (): Promise<void> => {
      const { status, headers, body } = await answer({
        service: name,
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        sent: await text(request),
        browser: request.headers['user-agent']?.startsWith('Mozilla/') === true,
      });
      response.writeHead(status, headers);
      response.end(body);
    };
    reply().catch(() => response.destroy());
  });
  const port = await listening(server);
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
