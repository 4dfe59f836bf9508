import { atMost, shown, type BenchOptions, type Section } from './figure.ts';
import { cli, root, timedNode } from './timed.ts';

/** Proven with two runs at once; with `--large` the whole library is. */
const ids = ['training/training-smoke', 'training/training-cancellation'];

/** What a planted fault costs, and what a proof costs of which nothing has changed. */
export async function proving({ large, rounds }: BenchOptions): Promise<Section> {
  const chosen = large ? ['--all', '--again'] : rounds === 1 ? ids.slice(0, 1) : ids;
  const fresh = await proved([...chosen, '--jobs', '2']);
  const again = await proved(['--all', '--sample', '1', '--jobs', '2']);
  const perFault = fresh.seconds / fresh.landed;
  return {
    name: `proofs with two jobs (${fresh.proofs} scenarios)`,
    commands: [`scenario prove ${chosen.join(' ')} --jobs 2`],
    figures: [
      {
        what: `each of ${fresh.landed} faults that landed`,
        ours: shown(perFault, 's'),
        target: atMost(Math.round(perFault * 100) / 100, 0.8, ' s'),
      },
      {
        what: 'faults that survived',
        ours: String(fresh.landed - fresh.killed),
        target: atMost(fresh.landed - fresh.killed, 0),
      },
      {
        what: 'one of the library proven anew, its choice included',
        ours: shown(again.seconds, 's'),
      },
    ],
  };
}

interface Proved {
  readonly seconds: number;
  readonly proofs: number;
  readonly landed: number;
  readonly killed: number;
}

async function proved(args: readonly string[]): Promise<Proved> {
  const { ms, stdout } = await timedNode(['--', cli, 'prove', ...args, '--json'], {
    cwd: root,
    fine: [0, 1],
  });
  const { proofs } = JSON.parse(stdout) as {
    proofs: readonly { readonly faults: { readonly landed: number; readonly killed: number } }[];
  };
  const sum = (key: 'landed' | 'killed'): number =>
    proofs.reduce((total, { faults }) => total + faults[key], 0);
  return {
    seconds: ms / 1000,
    proofs: proofs.length,
    landed: sum('landed'),
    killed: sum('killed'),
  };
}
