import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src/sandbox/', import.meta.url));
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'));

/** The files that touch the outside: disk, network, clock, randomness. */
// The script of backend/page.ts runs in a browser.
const rim = new Set([
  'backend/page.ts',
  'cli/main.ts',
  'cli/shim.ts',
  'listen.ts',
  'log-file.ts',
  'running-world.ts',
  'sandbox.ts',
]);

describe('the sandbox', () => {
  it.each(files)(
    '%s knows no profile and nothing else of the tool but errors and nearest names',
    (file) => {
      const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)];
      const outside = imports
        .map((match) => match[1] ?? '')
        .filter((target) => target.startsWith('.'))
        .map((target) => join('/src/sandbox', file, '..', target))
        .filter((path) => !path.startsWith('/src/sandbox/'));
      expect(
        outside.filter((path) => !['/src/errors.ts', '/src/nearest.ts'].includes(path)),
      ).toEqual([]);
    },
  );

  it.each(files.filter((file) => !rim.has(file)))('%s is pure', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|process\.[a-z]/,
    );
    expect(text).not.toMatch(/from 'node:(?!http')|from 'hono|from '@hono/);
  });
});
