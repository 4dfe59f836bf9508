import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { logVariable } from '../files/bash-words.ts';
import type { Resolved } from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';
import { shimmed } from './command-shim.ts';
import type { Fault, Misled } from './fault.ts';
import { programsOf } from './piece-programs.ts';
import { maySee } from './piece-sight.ts';
import { startProxy, type Onward, type Proxy } from './proxy.ts';
import { differs } from './reply.ts';

/** What a piece of bash runs in while its surroundings are wrong: nothing else of the run sees them. */
export interface Around {
  /** A script that stands in the place of the piece, and becomes it. */
  readonly text: string;
  ran(): boolean;
  /** How often something of it was other than it should be. */
  landed(): number;
  close(): Promise<void>;
}

interface Setting {
  readonly scenario: Resolved;
  /** Absolute, the run's folder. */
  readonly folder: string;
  /** Absolute, the script: the piece is beside it. */
  readonly script: string;
  /** The way to each service, by name. */
  readonly onward: { readonly [service: string]: Onward };
  readonly path: string;
}

/** Makes the surroundings wrong in one way, for the fault of a piece; undefined for other faults. */
export async function aroundPiece(
  fault: Fault | undefined,
  setting: Setting,
): Promise<Around | undefined> {
  if (fault?.plant.kind !== 'piece') return undefined;
  const [way] = fault.plant.ways;
  const piece = resolve(dirname(setting.script), fault.plant.file);
  const place = join(setting.folder, 'piece');
  await mkdir(place, { recursive: true });
  const run = join(place, 'run');
  const text = await pieceText(setting.script, fault.plant.file);
  const wrong = way && (await wrongly(way.misled, text, place, setting));
  return {
    text: [
      ...(wrong?.lines ?? []),
      `: >${quoted(run)}`,
      `exec "\${BASH}" ${quoted(piece)}`,
      '',
    ].join('\n'),
    ran: () => existsSync(run),
    landed: () => (existsSync(run) ? (wrong?.landed() ?? 0) : 0),
    close: async () => {
      await Promise.all((wrong?.proxies ?? []).map((proxy) => proxy.close()));
    },
  };
}

/** The text of a piece beside a script; empty where it cannot be read: the run without faults told that. */
export function pieceText(script: string, file: string): Promise<string> {
  return readFile(resolve(dirname(script), file), 'utf8').catch(() => '');
}

interface Wrong {
  readonly lines: readonly string[];
  readonly landed: () => number;
  readonly proxies?: readonly Proxy[];
}

async function wrongly(
  misled: Misled,
  text: string,
  place: string,
  { scenario, onward, path }: Setting,
): Promise<Wrong> {
  const seen = (): number => (maySee(text, misled, scenario) ? 1 : 0);
  switch (misled.by) {
    case 'replies': {
      let landed = 0;
      const between: Parameters<typeof startProxy>[2] = {
        treat: () => ({ kind: 'pass', act: undefined }),
        altered: (_request, _act, reply) => {
          const given = misled.change(reply);
          if (differs(given, reply)) landed += 1;
          return given;
        },
      };
      const lines: string[] = [];
      const proxies: Proxy[] = [];
      for (const { name, variable, own } of scenario.services) {
        const to = onward[name];
        if (to === undefined) continue;
        // oxlint-disable-next-line no-await-in-loop -- a few services
        const proxy = await startProxy(name, to, between, () => undefined);
        proxies.push(proxy);
        lines.push(assigned(variable, proxy.origin));
        if (own !== undefined) lines.push(assigned(own.variable, `${proxy.origin}${own.path}`));
      }
      return { lines, landed: () => landed, proxies };
    }
    case 'commands': {
      const { exit, silent } = misled;
      const names = programsOf(text);
      const how = {
        kind: 'command' as const,
        ...(exit === undefined ? {} : { exit }),
        ...(silent === undefined ? {} : { silent }),
      };
      const shim = await shimmed(names, how, place, path);
      return {
        lines: [`export PATH=${quoted(shim.bin)}:"\${PATH}"`],
        landed: () => (existsSync(shim.landed) ? 1 : 0),
      };
    }
    case 'captures':
      return {
        lines: misled.names.map((name) => assigned(name, '')),
        landed: seen,
      };
    case 'logs': {
      const empty = join(place, 'empty.log');
      await writeFile(empty, '');
      const logs = scenario.services.filter(({ log }) => log !== undefined);
      return {
        lines: logs.map(({ name }) => assigned(logVariable(name), `file:${empty}`)),
        landed: seen,
      };
    }
    case 'evidence': {
      const empty = join(place, 'evidence');
      await mkdir(empty, { recursive: true });
      const variable = 'SCENARIO_EVIDENCE_DIR';
      return {
        lines: [assigned(variable, empty)],
        landed: seen,
      };
    }
  }
}

function assigned(variable: string, value: string): string {
  return `export ${variable}=${quoted(value)}`;
}
