import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** The ways in which KTRDR can be set up (guide ktrdr-api, appendix B); the first of each is the default. */
const known = {
  /** Where trainings run: in the backend, on the training host, or on a training host that is not there. */
  training: ['local', 'host', 'host-down'],
  /** Where backtests run: in the backend, on the backtest worker, or on a worker that is not there. */
  backtest: ['local', 'remote', 'remote-down'],
  /** What becomes of a download: all well, no IB host, or a host whose gateway refuses. */
  ib: ['up', 'host-down', 'gateway-down'],
} as const;

/** One value for each kind of mode. */
export type Modes = { readonly [kind in keyof typeof known]: (typeof known)[kind][number] };

/** The modes that were asked for, the default where nothing was said. Throws {@link Told} for unknown ones. */
export function modesOf(asked: { readonly [kind: string]: string }): Modes {
  for (const [kind, value] of Object.entries(asked)) {
    const values = kind in known ? known[kind as keyof typeof known] : undefined;
    if (values === undefined)
      throw refused(`unknown mode ${JSON.stringify(kind)}`, kind, Object.keys(known));
    if (!values.some((one) => one === value)) {
      throw refused(`unknown value ${JSON.stringify(value)} of mode ${kind}`, value, values);
    }
  }
  // Each value was looked up in the list of its kind just now.
  return { training: 'local', backtest: 'local', ib: 'up', ...asked } as Modes;
}

function refused(message: string, typed: string, valid: readonly string[]): Told {
  const close = nearest(typed, valid);
  const guess = close === undefined ? '' : `did you mean ${close}? `;
  return new Told(message, {
    code: 'usage',
    where: '--mode',
    cure: `${guess}valid: ${valid.join(', ')}`,
  });
}
