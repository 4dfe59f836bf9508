import type * as z from 'zod';
import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Profile } from '../profile/schema.ts';
import { atVersion } from '../profile/versions.ts';
import { resolve } from '../scenario/resolve.ts';
import { draft } from '../scenario/scenario.ts';
import { slugOf } from '../scenario/slug.ts';
import { isMapping, type Mapping } from '../mapping.ts';
import { isAbout, mended } from './mended.ts';
import { kindProblem, outcomeProblems } from './outcome-problems.ts';
import { pathsOutside } from './paths-outside.ts';
import { problemsOf, unknown } from './problems.ts';
import { answersShape, triggerKinds, type Answers } from './schema.ts';

/** Answers that hold, or everything that is wrong with them at once. */
export interface Checked {
  readonly answers?: Answers;
  readonly problems: readonly Problem[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

const fields = Object.keys(answersShape) as readonly (keyof typeof answersShape)[];

/** Judges answers by the schema, then by the names of the profile, then by what can be resolved. Pure. */
export function checkAnswers(raw: unknown, given: Profile): Checked {
  if (!isMapping(raw)) {
    return {
      problems: [
        { path: '', message: 'the answers are not a mapping', expected: 'name: …, domain: …' },
      ],
      warnings: [],
    };
  }
  const profile = atVersion(given, versionIn(raw['requires']));
  const problems = allProblems(raw, profile);
  if (problems.length > 0) return { problems: problems.map((one) => said(one, raw)), warnings: [] };
  const answers = parsed(raw);
  return { answers, problems: [], warnings: warningsOf(answers, profile) };
}

/** So often at most what is wrong is taken out to see what lies behind it. */
const mostRounds = 6;

/** All that is wrong, also where one thing hides another: a wrong word in the trigger does not keep a wrong log from being told. */
function allProblems(raw: Mapping, profile: Profile): readonly Problem[] {
  const [domain = ''] = Object.keys(profile.domains);
  const all: Problem[] = [];
  const touched: string[] = [];
  let current = raw;
  for (let round = 0; round < mostRounds; round += 1) {
    const found = problemsNow(current, profile).filter((one) => !isAbout(one, touched));
    if (found.length === 0) break;
    all.push(...found);
    const next = mended(current, found, domain);
    if (!next) break;
    touched.push(...next.touched);
    current = next.raw;
  }
  return all;
}

/** What is wrong by schema and names; where nothing is, what keeps the answers from being resolved. */
function problemsNow(raw: Mapping, profile: Profile): readonly Problem[] {
  const problems = [
    ...unknownKeys(raw),
    ...fields.flatMap((field) => fieldProblems(field, raw[field], profile)),
  ];
  return problems.length > 0
    ? problems
    : resolve(draft(parsed(raw), profile.name), profile).problems;
}

/** A message that can stand alone: one that only goes on from its field gets the field's name before it. */
function said(problem: Problem, raw: Mapping): Problem {
  const { path, message } = problem;
  const missing = (fields as readonly string[]).includes(path) && raw[path] === undefined;
  const goesOn = /^(?:is|are|has|holds|names|needs|must|takes)\b/.test(message);
  return {
    ...problem,
    ...(goesOn ? { message: `${path === '' ? 'the answers' : path} ${message}` } : {}),
    ...(missing ? { missing } : {}),
  };
}

/** Names in answers of the right shape that the profile does not know. */
export function unknownNames(answers: Partial<Answers>, profile: Profile): readonly Problem[] {
  return fields.flatMap((field) =>
    answers[field] === undefined ? [] : profileProblems(field, answers[field], profile),
  );
}

/** What is wrong with one field alone, as the interview asks for it. */
export function fieldProblems(
  field: keyof typeof answersShape,
  value: unknown,
  profile: Profile,
): readonly Problem[] {
  const shape = shapeProblems(field, value);
  return shape.length > 0 || value === undefined ? shape : profileProblems(field, value, profile);
}

function parsed(raw: Mapping): Answers {
  // Each field has just been parsed by its own schema, and there are no others.
  return Object.fromEntries(
    fields.flatMap((field) => (raw[field] === undefined ? [] : [[field, raw[field]]])),
  ) as Answers;
}

/** The version that raw answers require. */
function versionIn(requires: unknown): string | undefined {
  const version = isMapping(requires) ? requires['version'] : undefined;
  return typeof version === 'string' ? version : undefined;
}

function unknownKeys(raw: object): readonly Problem[] {
  return Object.keys(raw)
    .filter((key) => !(fields as readonly string[]).includes(key))
    .map((key) => unknown(key, `unknown answer ${JSON.stringify(key)}`, key, fields));
}

function shapeProblems(field: keyof typeof answersShape, value: unknown): readonly Problem[] {
  if (field === 'outcome' && Array.isArray(value) && value.length > 0) {
    return value.flatMap((one: unknown, index) => outcomeProblems(one, `outcome.${index}`));
  }
  if (field === 'trigger' && isMapping(value)) {
    const { kind } = value;
    if (typeof kind !== 'string' || !(triggerKinds as readonly string[]).includes(kind)) {
      return [kindProblem('trigger.kind', 'trigger kind', kind, triggerKinds)];
    }
  }
  const schema: z.ZodType = answersShape[field];
  const result = schema.safeParse(value);
  return result.success ? [] : problemsOf(result.error, field, value);
}

/** Names that only the profile knows. */
function profileProblems(
  field: keyof typeof answersShape,
  value: unknown,
  profile: Profile,
): readonly Problem[] {
  switch (field) {
    case 'name':
      return slugOf(String(value)) === ''
        ? [
            {
              path: 'name',
              message: 'has neither a letter nor a digit, so it gives no folder name',
              expected: 'a name such as "Order Cancellation"',
            },
          ]
        : [];
    case 'domain':
      return named(field, 'domain', String(value), Object.keys(profile.domains));
    case 'trigger':
      return triggerProblems(value as Answers['trigger'], profile);
    case 'calibration':
      return typeof value === 'string'
        ? named(field, 'calibration', value, Object.keys(profile.calibrations))
        : [];
    default:
      return [];
  }
}

function named(
  path: string,
  what: string,
  given: string,
  valid: readonly string[],
): readonly Problem[] {
  return valid.includes(given)
    ? []
    : [unknown(path, `unknown ${what} ${JSON.stringify(given)}`, given, valid)];
}

function triggerProblems(trigger: Answers['trigger'], profile: Profile): readonly Problem[] {
  if (trigger.kind === 'ui') return pageProblems(trigger, profile);
  if (trigger.kind !== 'api') return [];
  const { endpoint, method, path, params = {} } = trigger;
  if (endpoint === undefined) {
    return method !== undefined && path !== undefined
      ? []
      : [
          {
            path: 'trigger',
            message: 'names neither an endpoint nor method and path',
            expected: `endpoint: one of ${Object.keys(profile.endpoints).join(', ')}`,
          },
        ];
  }
  const both =
    method === undefined && path === undefined
      ? []
      : [
          {
            path: 'trigger',
            message: 'names an endpoint and also method or path; only one of them can hold',
          },
        ];
  const known = profile.endpoints[endpoint];
  if (!known)
    return [
      ...both,
      ...named('trigger.endpoint', 'endpoint', endpoint, Object.keys(profile.endpoints)),
    ];
  const variables = [...known.path.matchAll(/\{([^{}]+)\}/g)].map(([, one]) => one ?? '');
  const extra = Object.keys(params).filter((one) => !variables.includes(one));
  return [
    ...both,
    ...extra.map((one) =>
      unknown(
        `trigger.params.${one}`,
        `the path ${known.path} has no variable ${JSON.stringify(one)}`,
        one,
        variables,
      ),
    ),
  ];
}

/** Names of a ui trigger that the profile does not know. */
function pageProblems(
  { page, starts }: Extract<Answers['trigger'], { kind: 'ui' }>,
  profile: Profile,
): readonly Problem[] {
  const starting = Object.keys(profile.endpoints).filter(
    (name) => profile.endpoints[name]?.starts !== undefined,
  );
  const pages = Object.keys(profile.pages);
  return [
    ...(page.startsWith('/') || pages.includes(page)
      ? []
      : [
          unknown('trigger.page', `unknown page ${JSON.stringify(page)}`, page, [
            ...pages,
            '/a/path',
          ]),
        ]),
    ...(starts === undefined
      ? []
      : named('trigger.starts', 'endpoint that starts an operation', starts, starting)),
  ];
}

/** Keys of a body that the profile's payload does not have: they may be right, and they may be a slip of the pen. */
function bodyWarnings({ trigger }: Answers, profile: Profile): Checked['warnings'] {
  if (trigger.kind !== 'api') return [];
  const { endpoint = '', body = {}, omit = [] } = trigger;
  const payload = profile.endpoints[endpoint]?.payload;
  if (!isMapping(payload) || !isMapping(body)) return [];
  const keys = Object.keys(payload);
  const told = (key: string, what: string): Checked['warnings'][number] => {
    const close = nearest(key, keys);
    return {
      code: 'unknown-key',
      message: `${what} (${keys.join(', ')})${close === undefined ? '' : `; did you mean ${close}?`}`,
    };
  };
  return [
    ...Object.keys(body)
      .filter((key) => !keys.includes(key))
      .map((key) =>
        told(
          key,
          `trigger.body.${key} is not in the payload that the profile knows of ${endpoint}`,
        ),
      ),
    ...omit
      .filter((key) => !keys.includes(key) && !Object.hasOwn(body, key))
      .map((key) =>
        told(key, `trigger.omit leaves out nothing: ${key} is not in the payload of ${endpoint}`),
      ),
  ];
}

function warningsOf(answers: Answers, profile: Profile): Checked['warnings'] {
  const names = [...Object.keys(profile.components), ...Object.keys(profile.services)];
  const unknownParts = answers.flow.filter((one) => !names.includes(one));
  const parts = unknownParts.map((one) => {
    const close = nearest(one, names);
    return {
      code: 'unknown-component',
      message: `the profile knows no component ${JSON.stringify(one)}, so the flow has no check there${close === undefined ? '' : `; did you mean ${close}?`}`,
    };
  });
  return [...parts, ...pathsOutside(answers), ...bodyWarnings(answers, profile)];
}
