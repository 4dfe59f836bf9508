import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, frame, run, sweep } from './harness.ts';
import { lastingFolder } from '../support/folders.ts';

afterAll(sweep);

const lines = (origin: string, more: string): string[] => [
  'secret TOKEN',
  `service backend API_URL default=${origin} ${more}`,
  "ready backend /r .ok equals true cure='x'",
  'preflight',
  'step Ask',
  'request r GET backend /r',
  'check c c r status equals 200 and .ok equals true',
];

describe.concurrent('a header with a secret', () => {
  const header = "header='Authorization: Bearer {TOKEN}'";

  test('goes with every request, and shows nowhere', async () => {
    const service = await api({ 'GET /r': { json: { ok: true } } });
    const done = await run(frame(lines(service.origin, header), 1), {
      env: { TOKEN: 's3cret-word' },
      args: ['--verbose'],
    });
    await service.close();
    expect(done.code).toBe(0);
    expect(service.received.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer s3cret-word',
      'Bearer s3cret-word',
    ]);
    const shown = [done.stdout, done.stderr, ...Object.values(done.evidence)].join('\n');
    expect(shown).not.toContain('s3cret-word');
    expect(shown).toContain('Authorization: Bearer [TOKEN]');
  });

  test('without a value is blocked', async () => {
    const service = await api({ 'GET /r': { json: { ok: true } } });
    const done = await run(frame(lines(service.origin, header), 1));
    await service.close();
    expect([done.code, done.bailout]).toEqual([3, expect.stringContaining('TOKEN is not set')]);
  });
});

describe('a certificate of an authority of its own', () => {
  const folder = lastingFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  let close = (): void => undefined;
  let origin = '';
  beforeAll(async () => {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
      ],
      { stdio: 'ignore' },
    );
    const server = createServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_in, out) => {
        out.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      },
    );
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    close = () => void server.close();
  });
  afterAll(() => close());

  test.each<[string, Record<string, string>, number]>([
    ['is not trusted by itself', {}, 3],
    ['is trusted by the file that the variable names', { CA_FILE: cert }, 0],
    ['a file that is not there is invalid', { CA_FILE: '/nowhere.pem' }, 2],
    ['goes unchecked only when the variable says yes', { ANY_CERT: 'yes' }, 0],
    ['and not when it says anything else', { ANY_CERT: '1' }, 3],
  ])('%s', async (_what, env, code) => {
    const done = await run(frame(lines(origin, 'ca=CA_FILE insecure=ANY_CERT'), 1), { env });
    expect([done.code, done.stderr]).toEqual([code, expect.any(String)]);
  });
});
