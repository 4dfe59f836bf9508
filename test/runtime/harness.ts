import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from 'tap-parser';

/** A real bash, a real curl and jq, and a server that answers what a test says. */

export const runtimeFile = fileURLToPath(new URL('../../templates/runtime.sh', import.meta.url));

export interface Reply {
  status?: number;
  json?: unknown;
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Milliseconds until the answer. */
  after?: number;
  /** The connection is cut instead of an answer, at once or in the middle of the body. */
  cut?: 'at-once' | 'in-the-body';
  /** A promise that is waited for before the answer. */
  gate?: Promise<void>;
}

interface Received {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface Api {
  origin: string;
  received: Received[];
  /** Resolves when a request of this kind has come in. */
  seen: (method: string, url?: string) => Promise<Received>;
  close: () => Promise<void>;
}

export type Answer = Reply | Reply[] | ((request: Received, nth: number) => Reply);

/** Routes are `METHOD /path`; of a list of replies the last one stays. */
export async function api(routes: Record<string, Answer>): Promise<Api> {
  const received: Received[] = [];
  const counts = new Map<string, number>();
  const waiting: { method: string; url: string | undefined; done: (r: Received) => void }[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request: Received = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      };
      received.push(request);
      for (const w of waiting.filter((one) => matches(one, request))) w.done(request);
      const key = `${request.method} ${request.url.split('?')[0] ?? ''}`;
      const answer = routes[key] ??
        routes[request.method] ?? { status: 404, json: { detail: 'Not Found' } };
      const nth = counts.get(key) ?? 0;
      counts.set(key, nth + 1);
      const reply =
        typeof answer === 'function'
          ? answer(request, nth)
          : Array.isArray(answer)
            ? (answer[Math.min(nth, answer.length - 1)] ?? {})
            : answer;
      void send(reply);
    });
    async function send(reply: Reply): Promise<void> {
      if (reply.gate) await reply.gate;
      if (reply.after) await sleep(reply.after);
      if (reply.cut === 'at-once') return void incoming.socket.destroy();
      const body = reply.json === undefined ? (reply.body ?? '') : JSON.stringify(reply.json);
      if (reply.cut === 'in-the-body') {
        outgoing.writeHead(200, { 'content-length': String(Buffer.byteLength(body) + 10) });
        outgoing.write(body, () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(reply.status ?? 200, {
        'content-type': 'application/json',
        ...reply.headers,
      });
      outgoing.end(body);
    }
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    seen: (method, url) => {
      const already = received.find((r) => matches({ method, url }, r));
      if (already) return Promise.resolve(already);
      return new Promise((done) => {
        waiting.push({ method, url, done });
      });
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

function matches(wanted: { method: string; url: string | undefined }, request: Received): boolean {
  return (
    wanted.method === request.method && (wanted.url === undefined || wanted.url === request.url)
  );
}

export function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

interface Point {
  id: number;
  ok: boolean;
  name: string;
  diag: Record<string, unknown>;
}

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
  lines: string[];
  points: Point[];
  bailout: string | false;
  /** What a plain TAP consumer makes of it. */
  tapOk: boolean;
  events: Record<string, unknown>[];
  evidence: Record<string, string>;
  folder: string;
}

export interface Options {
  args?: string[];
  env?: Record<string, string>;
  /** Nothing of the caller's environment but this. */
  onlyEnv?: Record<string, string>;
  /** How the script is started; default is by its path. */
  via?: (script: string) => { command: string; args: string[]; cwd?: string };
  cwd?: string;
  files?: Record<string, string>;
  /** Called when the script runs. */
  during?: (child: ChildProcess) => Promise<void>;
  stdin?: 'ignore' | 'pipe';
  runtime?: string;
  /** A process group of its own, as under a terminal. */
  detached?: boolean;
}

const folders: string[] = [];

/** Removes what the runs of a test file left behind. */
export async function sweep(): Promise<void> {
  await Promise.all(folders.splice(0).map((f) => rm(f, { recursive: true, force: true })));
}

/** A word of a script, as the generator writes it. */
export function word(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A project with one script in it: `root/generated/demo/case/run.sh`. */
export async function project(
  script: string,
  options: Options = {},
): Promise<{ root: string; script: string }> {
  const root = await mkdtemp(join(tmpdir(), 'rt-'));
  folders.push(root);
  const folder = join(root, 'generated/demo/case');
  await mkdir(folder, { recursive: true });
  await mkdir(join(root, '.git'));
  await mkdir(join(root, 'tmp'));
  await writeFile(
    join(root, 'generated/runtime.sh'),
    options.runtime ?? (await readFile(runtimeFile)),
  );
  const path = join(folder, 'run.sh');
  await writeFile(path, script);
  await chmod(path, 0o755);
  for (const [name, content] of Object.entries(options.files ?? {})) {
    const file = join(root, name);
    // oxlint-disable-next-line no-await-in-loop -- a folder must be there before its file
    await mkdir(dirname(file), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(file, content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
  return { root, script: path };
}

export function frame(lines: string[], plan: number, more = ''): string {
  return [
    '#!/bin/bash -p',
    '. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2',
    '',
    `scenario 'Demo case' id=demo/case plan=${plan}${more} root=../../..`,
    ...lines,
    'finish',
    '',
  ].join('\n');
}

export async function run(script: string, options: Options = {}): Promise<Result> {
  const { root, script: path } = await project(script, options);
  const evidence = join(root, 'evidence');
  const start = options.via?.(path) ?? { command: path, args: [] };
  const base = options.onlyEnv ?? { PATH: process.env['PATH'] ?? '', HOME: root };
  const env = {
    TMPDIR: join(root, 'tmp'),
    SCENARIO_TIME_SCALE: '1/20',
    SCENARIO_EVIDENCE_DIR: evidence,
    ...base,
    ...options.env,
  };
  const child = spawn(start.command, [...start.args, ...(options.args ?? [])], {
    cwd: start.cwd ?? options.cwd ?? root,
    env: options.onlyEnv ? options.onlyEnv : env,
    detached: options.detached ?? false,
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((done) => {
    child.on('close', (code) => done(code));
  });
  if (options.during) await options.during(child);
  const code = await ended;
  const kept = await readTree(evidence);
  return {
    code,
    stdout,
    stderr,
    lines: stdout.split('\n').slice(0, -1),
    ...parseTap(stdout),
    events: (kept['events.ndjson'] ?? '')
      .split('\n')
      .filter((l) => l !== '')
      .map((l) => JSON.parse(l) as Record<string, unknown>),
    evidence: kept,
    folder: root,
  };
}

/** Runs verbs against a service named backend. */
export async function verbs(
  routes: Record<string, Answer>,
  plan: number,
  lines: string[],
  options: Options & { scenario?: string } = {},
): Promise<Result & { received: Received[] }> {
  const service = await api(routes);
  try {
    const result = await run(
      frame(
        [`service backend API_URL default=${service.origin}`, ...lines],
        plan,
        options.scenario ?? '',
      ),
      options,
    );
    return { ...result, received: service.received };
  } finally {
    await service.close();
  }
}

function parseTap(text: string): Pick<Result, 'points' | 'bailout' | 'tapOk'> {
  const points: Point[] = [];
  const parser = new Parser();
  parser.on('assert', (r: { id: number; ok: boolean; name: string; diag: unknown }) => {
    const diag =
      typeof r.diag === 'object' && r.diag !== null ? (r.diag as Record<string, unknown>) : {};
    points.push({ id: r.id, ok: r.ok, name: r.name, diag });
  });
  parser.end(text);
  const bailout = parser.results?.bailout ?? false;
  return {
    points,
    bailout: bailout === false ? false : String(bailout),
    tapOk: parser.results?.ok ?? false,
  };
}

async function readTree(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  return Object.fromEntries(entries);
}
