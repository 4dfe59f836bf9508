import type * as z from 'zod';
import { outcomeShapes, type Outcome } from '../answers/schema.ts';
import { nearest } from '../nearest.ts';
import { comparisonsOf, type Comparison } from './comparators.ts';
import { allOf, inWords, term } from './condition.ts';
import { fileReaderOf } from './file-reader.ts';
import type { Context } from './context.ts';
import type { Condition, FileAct, LogAct, Term } from './acts.ts';
import type { Step } from './model.ts';
import { step } from './playbooks/parts.ts';
import { freshId } from './steps.ts';

type ResponseOutcome = z.infer<typeof outcomeShapes.response>;
type FileOutcome = z.infer<typeof outcomeShapes.file>;
type CliOutcome = z.infer<typeof outcomeShapes.cli>;

/** An outcome, or an addition of the scenario file, that wants to become points. */
export interface Wanted {
  /** Path in the input, for messages. */
  readonly path: string;
  readonly outcome: Outcome;
  /** Given id, text and meaning (additions); derived when absent. */
  readonly id?: string;
  readonly text?: string;
  readonly means?: string;
}

/** What a response outcome asks of a reply. */
export function responseCondition(response: ResponseOutcome): Condition {
  const terms: Term[] = [];
  if (response.status !== undefined) {
    terms.push(
      typeof response.status === 'number'
        ? term('status', { name: 'equals', value: response.status })
        : term('status', { name: 'in', value: response.status }),
    );
  }
  const comparisons = comparisonsOf(response);
  if (response.header !== undefined) terms.push(term(`header:${response.header}`, ...comparisons));
  if (response.path !== undefined) terms.push(term(response.path, ...comparisons));
  return [terms];
}

/** What a cli outcome asks of a command's end. */
export function cliCondition(cli: CliOutcome): Condition {
  const terms: Term[] = [];
  if (cli.exitCode !== undefined) terms.push(term('exit', { name: 'equals', value: cli.exitCode }));
  for (const stream of ['stdout', 'stderr'] as const) {
    const wanted = cli[stream];
    if (wanted !== undefined) terms.push(term(stream, ...streamComparisons(wanted)));
  }
  return [terms];
}

/** A plain text must stand somewhere in the stream, as it is. */
function streamComparisons(
  wanted: Exclude<CliOutcome['stdout'], undefined>,
): readonly Comparison[] {
  if (typeof wanted !== 'string') return comparisonsOf(wanted);
  return [{ name: 'matches', value: wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') }];
}

/** The step that reads the log for this outcome; undefined, with a problem noted, when the profile knows no such log. */
export function logStepOf(context: Context, wanted: Wanted): Step | undefined {
  if (!('log' in wanted.outcome)) return undefined;
  const { service, present, absent, matches } = wanted.outcome.log;
  const known = context.profile.services[service];
  const withLog = Object.entries(context.profile.services).flatMap(([name, one]) =>
    one.log ? [name] : [],
  );
  if (!known?.log) {
    const close = nearest(service, withLog);
    context.problems.push({
      path: `${wanted.path}.log.service`,
      message: known
        ? `the profile knows no log of ${service}`
        : `unknown service ${JSON.stringify(service)}`,
      expected: withLog.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
    return undefined;
  }
  const [name, text] =
    present !== undefined
      ? (['present', present] as const)
      : absent !== undefined
        ? (['absent', absent] as const)
        : (['matches', matches ?? ''] as const);
  const said = { present: 'holds', absent: 'does not hold', matches: 'has a line that matches' }[
    name
  ];
  const act: LogAct = {
    kind: 'log',
    id: wanted.id ?? `log-${name}-${service}`,
    text: wanted.text ?? `the log of ${service} ${said} ${JSON.stringify(text)}`,
    service,
    look: { name, text },
    ...(wanted.means === undefined ? {} : { means: wanted.means }),
    at: placeOf(wanted).at ?? service,
    // A line that names what was captured is the entity, seen at another component.
    ...(name === 'present' && /\{[a-z_]+\}/.test(text) ? { sighting: true } : {}),
  };
  return step('Read the logs', service, 'what should be there is there, and nothing else', [act]);
}

/** The step that looks at a file for this outcome; undefined, with a problem noted, when nothing says how. */
export function fileStepOf(
  context: Context,
  wanted: Wanted,
  file: FileOutcome,
  steps: readonly Step[],
): Step | undefined {
  const { in: service } = file;
  const place = { path: `${wanted.path}.file.in`, newer: file.newer === true };
  const reader = service === undefined ? undefined : fileReaderOf(context, service, place);
  if (service !== undefined && !reader) return undefined;
  const looks: FileAct['look'][] = [];
  if (file.newer === true) looks.push({ name: 'newer' });
  if (file.minBytes !== undefined) looks.push({ name: 'min-bytes', bytes: file.minBytes });
  if (file.value) looks.push({ name: 'value', condition: allOf([file.value]) });
  if (file.rows !== undefined)
    looks.push({ name: 'rows', condition: allOf([{ path: '.', size: file.rows }]) });
  if (looks.length === 0) looks.push({ name: 'exists' });
  const acts = looks.map((look): FileAct => ({
    kind: 'file',
    id: freshId(
      steps,
      wanted.id === undefined
        ? `file-${look.name}`
        : looks.length === 1
          ? wanted.id
          : `${wanted.id}-${look.name}`,
    ),
    text: wanted.text ?? fileInWords(file.path, look, service),
    path: file.path,
    look,
    ...(reader ? { reader } : {}),
    ...(wanted.means === undefined ? {} : { means: wanted.means }),
    ...(service === undefined ? {} : { at: service }),
    ...atOf(wanted),
  }));
  return step(
    'Look at the files',
    service ?? context.scenario.answers.flow.at(-1) ?? 'system',
    'they are there, and new',
    acts,
  );
}

function fileInWords(path: string, look: FileAct['look'], service?: string): string {
  const file = service === undefined ? `the file ${path}` : `the file ${path} of ${service}`;
  switch (look.name) {
    case 'exists':
      return `${file} is there`;
    case 'newer':
      return `${file} was written by this run`;
    case 'min-bytes':
      return `${file} has at least ${look.bytes} bytes`;
    case 'value':
      return `in ${file}, ${inWords(look.condition)}`;
    case 'rows':
      return `in ${file}, the list of rows ${inWords(look.condition).replace(/^\. /, '')}`;
  }
}

/** Which reply an outcome speaks of, and which component answers for it: said inside the kind or beside it. */
export function placeOf(wanted: Wanted): {
  readonly of?: string | undefined;
  readonly at?: string | undefined;
} {
  const { outcome } = wanted;
  const inner = Object.entries(outcome).find(([key]) => key in outcomeShapes)?.[1] as
    { of?: string; at?: string } | string | undefined;
  return {
    ...(typeof inner === 'object' ? inner : {}),
    ...(outcome.of ? { of: outcome.of } : {}),
    ...(outcome.at ? { at: outcome.at } : {}),
  };
}

/** The component that answers, as an option of a point. */
export function atOf(wanted: Wanted): { readonly at?: string } {
  const { at } = placeOf(wanted);
  return at === undefined ? {} : { at };
}
