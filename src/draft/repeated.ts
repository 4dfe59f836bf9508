import type { LogAct } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Check } from './checks.ts';
import { plainly } from './playbook-says.ts';

/** `No errors in the backend logs`: of which service, where it is said. */
const clean =
  /^(?:there (?:are|were) )?no errors? (?:in|appear in) (?:the |any )?(?:([\w-]+) )?logs?$/i;

/**
 * A check that could never be the first to turn red: a log line that another check of the scenario looks for more closely, or
 * that logs hold no errors, which every scenario looks for.
 */
export function repeatedIn(
  checks: readonly Check[],
  { steps }: Pick<Resolved, 'steps'>,
): { readonly check: Check; readonly by: string } | undefined {
  const logs = steps.flatMap(({ acts }) => acts).filter((act): act is LogAct => act.kind === 'log');
  for (const check of checks) {
    const isClean = check.outcome || check.covered ? undefined : clean.exec(plainly(check.text));
    const errors =
      isClean &&
      logs.find(
        ({ service, look }) =>
          look.name === 'clean' && [undefined, service].includes(isClean[1]?.toLowerCase()),
      );
    if (errors) return { check, by: errors.text };
    const log = check.outcome && 'log' in check.outcome ? check.outcome.log : undefined;
    const closer =
      log &&
      logs.find(
        ({ service, look }) =>
          service === log.service && look.name === 'present' && isWithin(log, look.text),
      );
    if (closer) return { check, by: closer.text };
  }
  return undefined;
}

/** Whether every line that holds `text` is one that the log outcome looks for. */
function isWithin(
  {
    present,
    matches,
  }: { readonly present?: string | undefined; readonly matches?: string | undefined },
  text: string,
): boolean {
  if (present !== undefined) return text !== present && text.includes(present);
  if (matches === undefined) return false;
  try {
    return new RegExp(matches).test(text);
  } catch {
    return false;
  }
}
