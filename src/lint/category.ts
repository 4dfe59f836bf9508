import type { Act, Condition } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import { pageOf, type Finding } from './finding.ts';

/** What a category must have, beyond what its playbook and the answers happen to give. */
interface CategoryRule {
  readonly code: (typeof categoryCodes)[number];
  readonly category: Resolved['category'];
  readonly message: string;
  readonly reason: string;
  readonly cure: string;
  lacks(scenario: Resolved): boolean;
}

/** The codes of findings on whole scenarios, with a section each in docs/lint.md. */
export const categoryCodes = [
  'cancel-unguarded',
  'progress-without-series',
  'error-without-shape',
  'integration-one-point',
  'missing-script',
] as const;

const rules: readonly CategoryRule[] = [
  {
    code: 'cancel-unguarded',
    category: 'cancellation',
    message: 'nothing sees that the operation was running when it was cancelled',
    reason:
      'an operation that had ended by itself looks cancelled, and the scenario says nothing about cancelling',
    cure: 'calibrate it with a row that has `cancelAt`, or start what is cancelled by an endpoint of the profile',
    lacks: (scenario) => {
      const acts = actsOf(scenario);
      const sent = acts.findLastIndex(
        (act) => act.kind === 'request' && act.method !== 'GET' && act.body === undefined,
      );
      const end = sent < 0 ? acts.length : sent;
      return !acts.slice(0, end).some(({ kind }) => kind === 'guard');
    },
  },
  {
    code: 'progress-without-series',
    category: 'progress',
    message: 'no check looks at the series of what progress was',
    reason:
      'one look at the end cannot tell progress that rose from one that stood still and jumped',
    cure: 'name the place of progress in the profile (operation: progress), so that the playbook judges its series',
    lacks: (scenario) => !actsOf(scenario).some(({ kind }) => kind === 'series'),
  },
  {
    code: 'error-without-shape',
    category: 'error',
    message: 'no check looks at what the refusal says',
    reason: 'a status alone is also what a broken proxy or an unknown route answers',
    cure: 'add an outcome on the body: `response: { path: .error.code, equals: … }`, or a message that it matches',
    lacks: (scenario) => !actsOf(scenario).some((act) => conditionsOf(act).some(asksForContent)),
  },
  {
    code: 'integration-one-point',
    category: 'integration',
    message: 'the entity is seen at one point of the flow only',
    reason: 'what is seen at one place says nothing about the way between two',
    cure: 'add an outcome at another component: `of: …`, `at: …`, a line of a log, or a file',
    lacks: (scenario) => sightings(scenario).size < 2,
  },
];

/** What a scenario lacks that its category is about. */
export function categoryFindings(scenario: Resolved, path: string): readonly Finding[] {
  return rules
    .filter(({ category, lacks }) => category === scenario.category && lacks(scenario))
    .map(({ code, message, reason, cure }) => ({
      code,
      severity: 'error',
      path,
      message,
      reason,
      cure,
      page: pageOf(code),
    }));
}

function actsOf({ steps }: Resolved): readonly Act[] {
  return steps.flatMap(({ acts }) => acts);
}

function conditionsOf(act: Act): readonly Condition[] {
  switch (act.kind) {
    case 'check':
      return [act.condition];
    case 'poll':
      return [act.until];
    case 'any':
      return act.alternatives.flatMap((parts) =>
        parts.flatMap((part) => ('condition' in part ? [part.condition] : [])),
      );
    default:
      return [];
  }
}

/** Whether a condition says what must stand in a reply, and not only what must not. */
function asksForContent(condition: Condition): boolean {
  return condition.some((terms) =>
    terms.some(
      ({ field, comparisons }) =>
        !/^(?:status|seconds|elapsed|exit)$/.test(field) &&
        !field.startsWith('header:') &&
        comparisons.some(({ name }) => name !== 'lacks'),
    ),
  );
}

/** The places at which something is seen of what was started; that a log holds no error is no sight of it. */
function sightings({ steps }: Resolved): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ component, acts }) =>
      acts.flatMap((act) => {
        if (!('text' in act && 'id' in act) || act.kind === 'manual' || act.kind === 'capture')
          return [];
        if (act.kind !== 'log') return [act.at ?? component];
        return /^(?:clean|absent)$/.test(act.look.name) ? [] : [act.at ?? act.service];
      }),
    ),
  );
}
