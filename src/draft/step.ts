import type { Profile } from '../profile/schema.ts';
import type { Addition } from '../scenario/scenario.ts';
import type { Check } from './checks.ts';
import { dataOf } from './data.ts';
import type { Link } from './links.ts';
import { jsonOf, requestFindings } from './trigger.ts';

/** A request of its own as a step of the scenario, with a point for each field that is looked at. */
export function stepFor(
  link: Link,
  expect: readonly Record<string, unknown>[],
  ids: ReadonlySet<string>,
  profile: Profile,
): Pick<Check, 'addition' | 'findings'> {
  const { request, located, command } = link;
  const findings = [...requestFindings(request, located, profile, command.line)];
  const refused = (message: string): Pick<Check, 'findings'> => ({
    findings: [...findings, { line: command.line, message }],
  });
  if (located.service === undefined)
    return refused(
      `the profile knows no service at ${request.origin.replace(/\/\/[^/@]*@/, '//')}`,
    );
  const values = Object.entries(located.params).map(
    ([name, value]) => [name, filledIn(value, ids)] as const,
  );
  const path = filledIn(request.path, ids);
  const open = [path, request.query, ...values.map(([, value]) => value)].find((text) =>
    text.includes('$'),
  );
  if (open !== undefined)
    return refused(`nothing in the scenario holds ${/\$\{\w+\}|\$\S*/.exec(open)?.[0] ?? open}`);
  const body = jsonOf(request);
  if (request.body !== undefined && body === undefined)
    return refused('the body is no JSON as it stands');
  const data = dataOf(located, body, profile);
  const query = queryOf(request.query);
  const sent = {
    ...(located.endpoint
      ? {
          endpoint: located.endpoint.name,
          ...(values.length > 0 && { params: Object.fromEntries(values) }),
          ...(typeof data.calibration === 'string' && { calibration: data.calibration }),
          ...(data.body && { body: data.body }),
        }
      : {
          service: located.service,
          method: request.method,
          path,
          ...(body !== undefined && { payload: body }),
        }),
    ...(query && { query }),
  };
  const points = [
    ...(located.endpoint || expect.some(({ status }) => status !== undefined)
      ? []
      : [{ status: 200 }]),
    ...expect,
  ];
  const unique = [...new Map(points.map((point) => [JSON.stringify(point), point])).values()];
  // Each part has just been given the shape of the schema; what it still refuses is told when the draft is resolved.
  const addition = {
    id: `line-${command.line}`,
    request: sent,
    ...(unique.length > 0 && { expect: unique }),
  } as unknown as Addition;
  return { addition, findings };
}

function filledIn(text: string, ids: ReadonlySet<string>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => (ids.has(name) ? '{id}' : whole));
}

function queryOf(query: string): Readonly<Record<string, string>> | undefined {
  if (query === '') return undefined;
  return Object.fromEntries(new URLSearchParams(query));
}
