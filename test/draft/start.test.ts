import { expect, test } from 'vitest';
import { linked } from '../../src/draft/links.ts';
import { startOf } from '../../src/draft/start.ts';
import { readShell } from '../../src/shell/read.ts';
import { bakery } from '../support/ktrdr.ts';

const found = (name: string, ...shell: readonly string[]): unknown => {
  const { commands } = readShell(shell.join('\n'), 1, { own: ['bakery'] });
  const { start } = startOf({ name, commands }, linked(commands, bakery), bakery);
  return start && ('own' in start ? start.own : { ...start.trigger, because: start.because });
};

test.each<[string, string[], object | undefined]>([
  [
    'a port with a default',
    ['curl -X POST http://localhost:${COUNTER_PORT:-7070}/vans'],
    { method: 'POST', path: '/vans' },
  ],
  [
    'a port that the text itself fills',
    ['PORT=${COUNTER_PORT:-7070}', 'curl -X POST http://localhost:$PORT/vans'],
    { method: 'POST', path: '/vans' },
  ],
  ['a port that nothing tells', ['curl -X POST http://localhost:$PORT/vans'], undefined],
  [
    'an id that no command gives',
    ['curl -s http://localhost:7070/orders/$NO'],
    { endpoint: 'orders.place', because: expect.stringContaining('line 1 asks by an id') },
  ],
  [
    'its own command, run as a module',
    ['uv run python -m bakery.app bake rye'],
    { kind: 'cli', command: ['bakery', 'bake', 'rye'] },
  ],
])('%s', (_, shell, wanted) => {
  const start = found('Rye orders', ...shell);
  if (wanted) expect(start).toMatchObject(wanted);
  else expect(start).toBeUndefined();
});
