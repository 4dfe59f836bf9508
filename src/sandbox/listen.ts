import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { Told } from '../errors.ts';
import type { SandboxRequest } from './http.ts';
import type { Wire } from './service.ts';

/** A service that answers on a port. */
export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Serves one service on loopback; `port` 0 takes a free one. Resolves once it answers. */
export async function listen(
  name: string,
  port: number,
  step: (request: SandboxRequest) => Wire,
): Promise<Listening> {
  const server = httpServer(step);
  const taken = await bind(server, port, name);
  return { origin: `http://${host}:${taken}`, close: () => shut(server) };
}

function httpServer(step: (request: SandboxRequest) => Wire): Server {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', async (context) => {
    const request = await requestFrom(context);
    const wire = step(request);
    if (wire.never === true) await gone(context.req.raw.signal);
    if (wire.delayMs !== undefined) await setTimeout(wire.delayMs);
    // uvicorn sends no connection header.
    context.env.outgoing.removeHeader('connection');
    const hasBody = wire.text !== '' && request.method !== 'HEAD';
    return new Response(hasBody ? wire.text : null, {
      status: wire.status,
      headers: { ...wire.headers },
    });
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  return server as Server;
}

/** Resolves when the client has given up. */
function gone(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function requestFrom(context: Context<{ Bindings: HttpBindings }>): Promise<SandboxRequest> {
  const { incoming } = context.env;
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    host: incoming.headers.host ?? host,
    contentType: incoming.headers['content-type'],
    body: new Uint8Array(await context.req.arrayBuffer()),
    clientPort: incoming.socket.remotePort ?? 0,
  };
}

function bind(server: Server, port: number, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(bindProblem(cause, port, name));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function bindProblem(cause: Error, port: number, name: string): Told {
  const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
  const message = isTaken
    ? `port ${port} of ${name} is in use`
    : `cannot listen for ${name}: ${cause.message}`;
  return new Told(message, {
    code: isTaken ? 'port-in-use' : 'cannot-listen',
    exitCode: 3,
    where: `${host}:${port}`,
    cure: 'stop what listens there, or take free ports with --ports auto',
    cause,
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
