import { connect } from './connect.ts';
import type { Io } from './io.ts';
import { say, show, showJson } from './print.ts';
import { mustLie } from './refused-value.ts';
import type { Command, Given } from './words.ts';

const verbose = { long: '--verbose', short: '-v', kind: 'flag' } as const;

/** `ktrdr ib …`, whose answers are made up: they prove only that the backend answers (guide ktrdr-cli section 5). */
export const ibCommands: readonly (Command & {
  readonly act: (given: Given, io: Io) => Promise<number>;
})[] = [
  {
    name: 'ktrdr ib status',
    form: '[OPTIONS]',
    arguments: [],
    options: [{ long: '--format', short: '-f', kind: 'text', default: 'table' }, verbose],
    act: status,
  },
  {
    name: 'ktrdr ib test',
    form: '[OPTIONS]',
    arguments: [],
    options: [
      { long: '--symbol', short: '-s', kind: 'text', default: 'AAPL' },
      { long: '--timeout', short: '-t', kind: 'whole', default: '30' },
      verbose,
    ],
    act: test,
  },
];

/** The made-up answer (recordings cli-ib-status, cli-ib-status-json). */
const told = {
  connected: true,
  connection_time: '2025-06-11T10:30:00Z',
  active_connections: 2,
  total_requests: 1247,
  failed_requests: 3,
  rate_limit_status: 'OK',
  last_heartbeat: '2025-06-11T17:55:00Z',
};

async function status({ options }: Given, io: Io): Promise<number> {
  await connect(io, { told: io.base });
  if (options['--format'] === 'json') {
    showJson(io, told);
    return 0;
  }
  say(io, '\n🔌 IB Connection Status\n');
  const rows = Object.entries(told).map(([name, value]) => [
    name
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(' '),
    value === true ? '✅ Yes' : String(value),
  ]);
  show(io, ['Property', 'Value'], rows);
  return 0;
}

async function test({ options }: Given, io: Io): Promise<number> {
  mustLie(io, options['--timeout'] ?? '30', { min: '5' });
  await connect(io, { told: io.base });
  say(io, '⚠️  IB connection test via API not yet implemented');
  say(io, `📋 Would test connection with symbol: ${options['--symbol']}`);
  say(io, `⏱️  Timeout: ${options['--timeout']} seconds`);
  say(io, '✅ IB Connection: OK\n✅ Symbol Validation: OK\n✅ Market Data: OK');
  return 0;
}
