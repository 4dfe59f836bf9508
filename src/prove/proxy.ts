import { readFileSync } from 'node:fs';
import { Agent, createServer, request as send } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent as SecureAgent, request as sendSecure } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from './reply.ts';
import type { Request, Treatment } from './session.ts';

/** A proxy that stands in front of one service. */
export interface Proxy {
  readonly origin: string;
  /** Whether a request is under way. */
  busy(): boolean;
  close(): Promise<void>;
}

/** Who stands between a script and a service: what becomes of each request, and of each reply. */
export interface Between {
  treat(request: Request): Treatment;
  /** `sent`: the body of the request. */
  altered(request: Request, act: number | undefined, reply: Reply, sent: string): Reply;
}

/** Headers that speak of one connection, or of a length that may change. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Where requests go on to. */
export interface Onward {
  readonly origin: URL;
  readonly agent: Agent;
}

/** The way to a service; its certificate is checked as its scripts do, by the variables of `tls`. */
export function onwardTo(
  origin: string,
  tls: { readonly ca?: string | undefined; readonly insecure?: string | undefined } = {},
  env: { readonly [name: string]: string | undefined } = {},
): Onward {
  const url = new URL(origin);
  if (url.protocol !== 'https:') return { origin: url, agent: new Agent({ keepAlive: true }) };
  const ca = tls.ca === undefined ? undefined : env[tls.ca];
  const unchecked = tls.insecure !== undefined && env[tls.insecure] === 'yes';
  const agent = new SecureAgent({
    keepAlive: true,
    rejectUnauthorized: !unchecked,
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
  });
  return { origin: url, agent };
}

/** Listens on a free port of loopback and passes requests on, through hands that may change what they like. `before` runs before each reply. */
export async function startProxy(
  service: string,
  onward: Onward,
  session: Between,
  before: () => void,
): Promise<Proxy> {
  let under = 0;
  const server = createServer((incoming, outgoing) => {
    under += 1;
    void serve(incoming, outgoing)
      .catch(() => outgoing.destroy())
      .finally(() => {
        under -= 1;
      });
  });
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const request = {
      service,
      method,
      path,
      own: isOwn(incoming),
      browser: incoming.headers['user-agent']?.startsWith('Mozilla/') === true,
    };
    const treatment = session.treat(request);
    if (treatment.kind === 'break-off') {
      outgoing.destroy();
      return;
    }
    if (treatment.kind === 'answer') {
      write(outgoing, treatment.reply);
      return;
    }
    const sent = await buffer(incoming);
    const reply = await forward(onward, incoming, sent);
    const given = session.altered(request, treatment.act, reply, sent.toString('utf8'));
    if (given.lost === true) {
      outgoing.destroy();
      return;
    }
    if (given.seconds > reply.seconds) await wait((given.seconds - reply.seconds) * 1000);
    before();
    write(outgoing, given);
  };
  const port = await listening(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    busy: () => under > 0,
    close: () =>
      new Promise((resolve) => {
        onward.agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The runtime asks by curl, under a name of its own. */
function isOwn({ headers }: IncomingMessage): boolean {
  return headers['user-agent']?.startsWith('new-scenario') === true;
}

/** Listens on a free port of loopback, and gives it. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function forward(
  { origin, agent }: Onward,
  incoming: IncomingMessage,
  sent: Buffer,
): Promise<Reply> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const ask = origin.protocol === 'https:' ? sendSecure : send;
    const onward = ask(
      {
        host: origin.hostname,
        port: origin.port,
        method: incoming.method,
        path: incoming.url,
        // A fault is planted in text, so nothing may come compressed.
        headers: {
          ...incoming.headers,
          host: origin.host,
          connection: 'keep-alive',
          'accept-encoding': 'identity',
        },
        agent,
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: headersOf(response),
            text: Buffer.concat(pieces).toString('utf8'),
            seconds: (performance.now() - begin) / 1000,
            elapsed: 0,
          }),
        );
      },
    );
    onward.on('error', reject);
    onward.end(sent);
  });
}

function headersOf(response: IncomingMessage): Reply['headers'] {
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined || ownHeaders.has(name)
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function write(outgoing: ServerResponse, reply: Reply): void {
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    'content-length': String(Buffer.byteLength(reply.text)),
  });
  outgoing.end(reply.text);
}
