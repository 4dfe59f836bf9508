import type { Io } from './io.ts';

/** The groups of the command, as its help shows them (recording cli-help). */
const groups: { readonly [name: string]: string } = {
  data: 'Data management commands',
  backtest: 'Backtesting commands for trading strategies',
  dummy: 'Dummy service commands with beautiful UX',
  operations: 'Operations management commands',
  indicators: 'Technical indicator commands',
  ib: 'Interactive Brokers integration commands',
  models: 'Neural network model management commands',
  strategies: 'Trading strategy management commands',
  fuzzy: 'Fuzzy logic operations commands',
};

/** `ktrdr --help`. */
export function help(io: Io): void {
  const inner = io.columns - 2;
  const box = (title: string, rows: readonly string[]): void => {
    io.out(`╭─ ${title} ${'─'.repeat(inner - title.length - 3)}╮`);
    for (const row of rows) io.out(`│ ${row.padEnd(inner - 1)}│`);
    io.out(`╰${'─'.repeat(inner)}╯`);
  };
  for (const line of [
    '',
    ' Usage: ktrdr [OPTIONS] COMMAND [ARGS]...',
    '',
    ' KTRDR - Trading analysis and automation tool',
    '',
  ])
    io.out(line.padEnd(io.columns));
  box('Options', ['--help          Show this message and exit.']);
  box(
    'Commands',
    Object.entries(groups).map(([name, what]) => `${name.padEnd(11)} ${what}`),
  );
  io.out('');
}
