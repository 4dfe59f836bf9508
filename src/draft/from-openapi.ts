import { apiMethods } from './trigger.ts';
import { Told } from '../errors.ts';
import type { Profile } from '../profile/schema.ts';
import type { FromRequest } from './from-curl.ts';
import { locate, type Located } from './locate.ts';
import { operationIn, type Operation } from './openapi.ts';
import { mappingOf } from './openapi-sample.ts';

/**
 * The trigger that an operation of an OpenAPI document is: the profile's endpoint where one fits, which knows its data
 * and sizes it better than an example of a document; else method, path and the document's own example.
 * @param wanted an `operationId`, or `METHOD /path`
 */
export function fromOpenapi(document: unknown, wanted: string, profile: Profile): FromRequest {
  const operation = operationIn(mappingOf(document), wanted);
  const filled = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    Object.hasOwn(operation.params, name)
      ? encodeURIComponent(operation.params[name] ?? '')
      : `\${${name.replaceAll(/\W/g, '_')}}`,
  );
  const located = locate({ ...operation, path: filled }, profile);
  return located.endpoint
    ? known(operation, located.endpoint, located.params)
    : unknown(operation, located, wanted);
}

function known(
  { body, lost }: Operation,
  { name, shape }: NonNullable<Located['endpoint']>,
  values: Located['params'],
): FromRequest {
  const params = Object.fromEntries(
    Object.entries(values).filter(([, value]) => !value.includes('${')),
  );
  const template = mappingOf(shape.payload);
  const shown = body?.value === undefined ? {} : mappingOf(body.value);
  const more = Object.fromEntries(
    Object.entries(shown).filter(([key]) => !Object.hasOwn(template, key)),
  ) as NonNullable<Extract<FromRequest['answers']['trigger'], { kind: 'api' }>['body']>;
  const missing = (body?.missing ?? []).filter(
    (path) => !Object.hasOwn(template, path.split('.')[0] ?? ''),
  );
  return {
    answers: {
      trigger: {
        kind: 'api',
        endpoint: name,
        ...(Object.keys(params).length > 0 && { params }),
        ...(Object.keys(more).length > 0 && { body: more }),
      },
    },
    findings: [...missing.map((path) => withoutExample(path, 'body')), ...lost.map(notKept)],
  };
}

function unknown(operation: Operation, located: Located, wanted: string): FromRequest {
  const { path, params, query, body, lost } = operation;
  const method = apiMethods.find((one) => one === operation.method);
  if (!method)
    throw new Told(`${wanted} is a ${operation.method}, which is no method of a trigger`, {
      code: 'usage',
      where: '--from-openapi',
      cure: `name an operation with ${apiMethods.join(', ')}`,
    });
  return {
    answers: {
      trigger: {
        kind: 'api',
        method,
        path: query === '' ? path : `${path}?${query}`,
        ...(Object.keys(params).length > 0 && { params }),
        ...(body?.value !== undefined && { payload: body.value }),
      },
    },
    findings: [
      {
        line: 1,
        message: `the profile knows no route ${method} ${path}`,
        ...(located.nearest !== undefined && { nearest: located.nearest }),
      },
      ...(body?.missing ?? []).map((one) => withoutExample(one, 'payload')),
      ...lost.map(notKept),
    ],
  };
}

function withoutExample(path: string, key: string): { line: number; message: string } {
  const full = path === '' ? `trigger.${key}` : `trigger.${key}.${path}`;
  return {
    line: 1,
    message: `the document has no example for ${path === '' ? 'the body' : path}, which is required: say it with --set ${full}=…`,
  };
}

function notKept(what: string): { line: number; message: string } {
  return { line: 1, message: `${what} is required and is not kept` };
}
