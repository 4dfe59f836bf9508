import type * as z from 'zod';
import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { actionExamples } from './page.ts';
import { keysAt } from './schema-keys.ts';
import { outcomeKinds, outcomeShapes } from './schema.ts';

/**
 * Problems of the library in our words: what is wrong, what is expected, the nearest valid name. `at` is the place of the input,
 * `schema` what it was held against: it knows the keys of each place.
 */
export function problemsOf(
  error: Pick<z.ZodError, 'issues'>,
  at: string,
  input: unknown,
  schema?: z.ZodType,
): readonly Problem[] {
  return error.issues.flatMap((issue): readonly Problem[] => {
    const path = [at, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    const given = valueAt(input, issue.path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) =>
          unknown(
            `${path === '' ? '' : `${path}.`}${key}`,
            `unknown key ${JSON.stringify(key)}`,
            key,
            schema === undefined ? keysNear(at) : keysAt(schema, issue.path),
          ),
        );
      case 'invalid_value':
        return [unknown(path, wordsFor(path, given), String(given), issue.values.map(String))];
      case 'invalid_type':
        return [
          {
            path,
            message:
              given === undefined && issue.message.startsWith('Invalid')
                ? 'is missing'
                : (typeMessage(issue.expected, issue.message, given) ?? issue.message),
          },
        ];
      case 'invalid_union': {
        const meant = branchMeant(issue.errors);
        if (schema !== undefined && meant !== undefined) {
          const issues = meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
          return problemsOf({ issues }, at, input, schema);
        }
        return [
          {
            path,
            message: `is not what is expected here: ${shown(given)}`,
            expected: expectedAt(path),
          },
        ];
      }
      case 'too_small':
      case 'too_big':
        return [{ path, message: boundMessage(issue, given) }];
      default:
        return [{ path, message: issue.message }];
    }
  });
}

/** The one alternative of a union that is of the kind of what was given: what is wrong in it is what is wrong. */
function branchMeant(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const meant = branches.filter((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

const kinds: { readonly [type: string]: string } = {
  array: 'a list, such as [a, b]',
  tuple: 'a list, such as [1, 2]',
  record: 'a mapping, such as { name: value }',
  object: 'a mapping, such as { name: value }',
  int: 'a whole number, such as 3',
  number: 'a number, such as 3',
  boolean: 'true or false',
  string: 'text',
};

/** Where the schema says nothing of its own: what should stand here, and what does. */
function typeMessage(expected: string, message: string, given: unknown): string | undefined {
  if (!message.startsWith('Invalid')) return undefined;
  return `must be ${kinds[expected] ?? expected}, not ${shown(given)}`;
}

function boundMessage(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  given: unknown,
): string {
  if (!issue.message.startsWith('Too')) return issue.message;
  const low = issue.code === 'too_small';
  const bound = low ? issue.minimum : issue.maximum;
  if (issue.origin === 'number' || issue.origin === 'int') {
    const than =
      issue.inclusive === false ? (low ? 'more than' : 'less than') : low ? 'at least' : 'at most';
    return `must be ${than} ${bound}, not ${shown(given)}`;
  }
  const what = issue.origin === 'string' ? 'characters' : 'items';
  if (low && Number(bound) === 1) return 'is empty';
  return `must have at ${low ? 'least' : 'most'} ${bound} ${what}`;
}

function wordsFor(path: string, given: unknown): string {
  return given === undefined
    ? 'is missing'
    : `unknown ${path.split('.').at(-1) ?? 'value'} ${shown(given)}`;
}

function shown(given: unknown): string {
  const text = JSON.stringify(given) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function expectedAt(path: string): string {
  if (path.startsWith('calibration'))
    return 'a row of the profile, such as orders/smoke, or its parameters, such as { loaves: 3 }';
  if (/actions\.\d+(?:\.|$)/.test(path) || path.startsWith('trigger.actions'))
    return `one of ${Object.values(actionExamples).join('; ')}`;
  if (path.endsWith('command')) return 'an argv list such as [bakery, --help], or one line of text';
  if (/\.(?:gt|gte|lt|lte)$/.test(path)) return 'a number such as 3, or { capture: name }';
  if (path.endsWith('response.status')) return 'a status such as 422, or several: [400, 422]';
  return 'see `scenario schema answers`';
}

function keysNear(at: string): readonly string[] {
  const kind = at.split('.').at(-1) ?? '';
  if (isOutcomeKind(kind)) {
    const schema = outcomeShapes[kind];
    return 'shape' in schema ? Object.keys(schema.shape as object) : [];
  }
  if (at === 'trigger')
    return [
      'kind',
      'endpoint',
      'method',
      'path',
      'params',
      'body',
      'payload',
      'omit',
      'command',
      'within',
      'page',
      'actions',
      'starts',
    ];
  return [];
}

/** A problem with a name that isn't among the valid ones: with the nearest of them. */
export function unknown(
  path: string,
  message: string,
  given: string,
  valid: readonly string[],
): Problem {
  const close = nearest(given, valid);
  return {
    path,
    message,
    ...(valid.length === 0 ? {} : { expected: valid.join(', ') }),
    ...(close === undefined ? {} : { nearest: close }),
  };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: PropertyKey]: unknown })[key];
  }
  return value;
}

/** Whether this is a kind of outcome that can be used. */
export function isOutcomeKind(kind: string): kind is keyof typeof outcomeShapes {
  return (outcomeKinds as readonly string[]).includes(kind);
}
