import type { Context } from './context.ts';
import { defectsOf } from './known-defects.ts';
import type { LogAct } from './acts.ts';
import type { Step } from './model.ts';
import { downServices } from './modes.ts';
import { append, takenBy } from './steps.ts';
import { step } from './playbooks/parts.ts';

/**
 * The steps with the check that every scenario has: the profile's error patterns are absent from the run's window of each
 * log in the flow, judged on the lines that carry this run's ids, or on all of them where the run has no id.
 */
export function withLogChecks(context: Context, steps: readonly Step[]): readonly Step[] {
  const { profile, scenario } = context;
  const ids = steps.flatMap(({ acts }) =>
    acts.flatMap((act) => {
      const taken = takenBy(act);
      if (taken !== undefined) return [taken];
      return (act.kind === 'capture' && act.plain !== true) || (act.kind === 'find' && !act.sole)
        ? [act.capture]
        : [];
    }),
  );
  const services = new Set(
    scenario.answers.flow.map((one) => profile.components[one]?.service ?? one),
  );
  let result = steps;
  for (const name of services) {
    const log = profile.services[name]?.log;
    if (!log || downServices(context).has(name)) continue;
    const quiet = [
      ...knownNoise(context, name).map(({ matches }) => matches),
      // Counted by a point of their own.
      ...defectsOf(context).flatMap(({ log: lines }) =>
        lines?.service === name ? [lines.matches] : [],
      ),
    ];
    const act: LogAct = {
      kind: 'log',
      id: `no-errors-${name}`,
      text:
        ids.length > 0
          ? `the log of ${name} has no error of this run`
          : `the log of ${name} has no error in the window of this run`,
      service: name,
      look: { name: 'clean', ids, errors: log.errors, noise: quiet },
      at: name,
    };
    result = append(
      result,
      'Read the logs',
      step('Read the logs', name, 'what should be there is there, and no error', [act]),
    );
  }
  return result;
}

/** The lines of a service's log that tell of no error in a scenario of this category and domain, each with its reason. */
export function knownNoise(
  context: Context,
  service: string,
): readonly { readonly matches: string; readonly reason: string }[] {
  const { category, domain } = context.scenario.answers;
  return (context.profile.services[service]?.log?.noise ?? [])
    .filter(
      ({ categories, domains }) =>
        (categories ?? [category]).includes(category) && (domains ?? [domain]).includes(domain),
    )
    .map(({ matches, reason }) => ({ matches, reason }));
}
