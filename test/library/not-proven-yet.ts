/**
 * Scenarios that run green and whose proof is not on record for the checks that they have now: a proof takes minutes each. The
 * next recorded proof takes its scenario off this list; the tests see to it that nothing else stands here.
 */
export const notProvenYet: ReadonlySet<string> = new Set([
  'backtest/remote-backtest-cancellation',
  'backtest/remote-backtest-progress',
]);
