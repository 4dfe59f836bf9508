import { existsSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '../http.ts';
import { ktrdr } from './command.ts';
import { baseOf, type Answer, type Io } from './io.ts';

/** The program behind the sandbox's `ktrdr`: its process, its clock, its network. */
const begun = performance.now();
let pressed = false;
process.on('SIGINT', () => {
  pressed = true;
});

const { COLUMNS, SCENARIO_TIME_SCALE } = process.env;
const base = baseOf(process.env);
const scale = Number(SCENARIO_TIME_SCALE ?? 1);

const io: Io = {
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  columns: Number(COLUMNS ?? 80) || 80,
  base,
  now: () => new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', ''),
  elapsed: () => (performance.now() - begun) / 1000,
  ask,
  sleep: (seconds) => wait(seconds * 1000 * (scale > 0 && scale < 1 ? Math.max(scale, 0.05) : 1)),
  isFile: existsSync,
  interrupted: () => pressed,
};

process.exitCode = await ktrdr(process.argv.slice(2), io);

/** A reader that has gone is no reason to fail. */
function write(stream: 1 | 2, text: string): void {
  try {
    writeSync(stream, `${text}\n`);
  } catch {
    // Nobody reads any more.
  }
}

async function ask(method: string, path: string, body?: Json): Promise<Answer> {
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        'user-agent': 'python-httpx/0.28.1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json().catch(() => null)) as Json };
  } catch {
    return undefined;
  }
}
