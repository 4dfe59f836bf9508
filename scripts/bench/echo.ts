import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that keeps what it gets, healthy by the shipped profile's measure. */
export interface Echo {
  readonly origin: string;
  /** File of its log. */
  readonly log: string;
  /** The bodies of the requests to /echo, by path. */
  readonly bodies: ReadonlyMap<string, unknown>;
  close(): Promise<void>;
}

/** Starts one on loopback. */
export async function startEcho(log: string): Promise<Echo> {
  const bodies = new Map<string, unknown>();
  writeFileSync(log, '');
  const reply = (path: string, body: string): readonly [status: number, body: string] => {
    if (path === '/api/v1/health') return [200, '{"status":"ok"}'];
    const nonce = /^\/api\/v1\/operations\/(.+)$/.exec(path)?.[1];
    // The line by which a script sees that it reads the right log.
    if (nonce !== undefined) appendFileSync(log, `Operation not found: ${nonce}\n`);
    if (!path.startsWith('/echo/')) return [404, '{}'];
    bodies.set(path, JSON.parse(body));
    return [200, body];
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = decodeURIComponent(request.url ?? '');
      const [status, body] = reply(path, String(Buffer.concat(chunks)));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    log,
    bodies,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
