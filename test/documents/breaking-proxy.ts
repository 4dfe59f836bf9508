import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reply on its way, which a breakage may change in place. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  status: number;
  body: string;
}

/** A proxy on loopback that changes replies on their way. */
export async function breakingProxy(
  origin: string,
  change: (passing: Passing) => void,
): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const sent: Buffer[] = [];
      for await (const chunk of incoming) sent.push(chunk as Buffer);
      const { method = 'GET', url = '/' } = incoming;
      const reply = await fetch(new URL(url, origin), {
        method,
        headers: { 'content-type': incoming.headers['content-type'] ?? 'text/plain' },
        ...(sent.length > 0 ? { body: Buffer.concat(sent) } : {}),
      });
      const passing = { method, path: url, status: reply.status, body: await reply.text() };
      change(passing);
      outgoing.writeHead(passing.status, { 'content-type': 'application/json' }).end(passing.body);
    })().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
