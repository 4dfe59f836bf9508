import { allOf, inWords, term, that } from '../condition.ts';
import type { Context, Named } from '../context.ts';
import type { CheckAct } from '../acts.ts';
import type { Step } from '../model.ts';
import type { Operation } from '../../profile/schema.ts';
import { lower } from './parts.ts';

/** What tells real work from an empty success, and a real result from a trivially perfect one. */
export function evidenceChecks(
  context: Context,
  operation: Named<Operation>,
  reply: string,
): readonly CheckAct[] {
  const mode = operation.mode === undefined ? undefined : context.modes[operation.mode];
  return operation.evidence
    .filter((evidence) => evidence.mode === undefined || evidence.mode === mode)
    .flatMap(
      ({
        id,
        text,
        means,
        samplesWithinPercent,
        mode: _mode,
        source: _source,
        ...expectation
      }): CheckAct[] => {
        const samples = context.calibration?.samples;
        if (samplesWithinPercent !== undefined && samples === undefined) return [];
        const condition =
          samplesWithinPercent === undefined || samples === undefined
            ? allOf([expectation])
            : [[term(expectation.path, ...around(samples, samplesWithinPercent))]];
        return [
          {
            kind: 'check',
            id,
            text:
              samplesWithinPercent === undefined
                ? text
                : `${text}: ${samples} within ${samplesWithinPercent} %`,
            reply,
            condition,
            at: operation.worker,
            ...(means === undefined ? {} : { means }),
          },
        ];
      },
    );
}

function around(samples: number, percent: number) {
  return [
    { name: 'gte', value: Math.ceil((samples * (100 - percent)) / 100) },
    { name: 'lte', value: Math.floor((samples * (100 + percent)) / 100) },
  ] as const;
}

/** No stack trace, no absolute path: nothing of the inside shows in this reply. */
export function leakChecks(context: Context, reply: string): readonly CheckAct[] {
  return context.profile.leaks.map((leak) => ({
    kind: 'check',
    id: leak.id,
    text: leak.text,
    reply,
    condition: that('body', 'lacks', leak.lacks),
  }));
}

/** The service answers its health check as before. */
export function healthyStep(context: Context, serviceName: string): Step {
  const service = context.profile.services[serviceName];
  if (!service) throw new Error(`the profile has no service ${serviceName}`);
  return {
    title: 'See that the system is healthy afterwards',
    component: serviceName,
    expected: `${lower(service.title)} is healthy`,
    acts: [
      {
        kind: 'request',
        reply: 'health',
        method: 'GET',
        service: serviceName,
        path: service.health.path,
      },
      {
        kind: 'check',
        id: 'healthy-afterwards',
        text: 'the health check answers 200 afterwards',
        reply: 'health',
        condition: that('status', 'equals', 200),
      },
      {
        kind: 'check',
        id: 'healthy-body',
        text: `${inWords(allOf(service.health.expect))} in the health check afterwards`,
        reply: 'health',
        condition: allOf(service.health.expect),
      },
    ],
  };
}
