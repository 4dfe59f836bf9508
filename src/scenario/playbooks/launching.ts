import type { Operation } from '../../profile/schema.ts';
import { filledWords, type Command } from '../command.ts';
import { allOf, inWords } from '../condition.ts';
import { endpointNamed, targetOf, type Context, type Named } from '../context.ts';
import type { Act, CheckAct, Condition, FindAct, Target } from '../acts.ts';
import type { Step } from '../model.ts';
import { cancelOf, lookAt, lower, step } from './parts.ts';

/**
 * Start the operation by a command that runs until it has ended, and never says its id: the id is that of the one operation which
 * the service did not know before and which is of the kind that the command asked for.
 */
export function launchStep(
  context: Context,
  operation: Named<Operation>,
  command: Command,
): Step | undefined {
  const find = findAct(context, operation);
  if (!find) return undefined;
  const what = lower(operation.title);
  const { method, service, path } = find;
  return {
    title: `Run ${titleOf(command)}`,
    component: context.starter?.component ?? operation.service,
    expected: `the ${what} that it starts is found by what it is, and gets followed by its id`,
    start: 'id',
    acts: [
      { kind: 'request', reply: 'before', method, service, path },
      { kind: 'launch', command: 'command', argv: argvOf(context, command) },
      find,
      { kind: 'cleanup', text: `cancel the ${what}`, ...cancelOf(context, operation, 'id') },
      ...recordActs(context, operation),
    ],
  };
}

/** How the command ends once the operation has, and that nobody else started the like of it meanwhile. */
export function commandEnds(
  context: Context,
  how: 'completed' | 'cancelled' | 'failed',
): readonly Step[] {
  const { command, operation } = context;
  const find = operation && findAct(context, operation);
  if (!command?.starts || !find) return [];
  const told = context.scenario.answers.outcome.some(
    (outcome) => 'cli' in outcome && outcome.cli.exitCode !== undefined,
  );
  const exit = command.exits[how];
  const check: CheckAct = {
    kind: 'check',
    id: 'exits-well',
    text: `the command exits with ${exit}`,
    reply: 'command',
    condition: [[{ field: 'exit', comparisons: [{ name: 'equals', value: exit ?? 0 }] }]],
  };
  const acts: readonly Act[] = [
    { kind: 'collect', reply: 'command', within: collectSeconds(context) },
    ...(exit === undefined || told ? [] : [check]),
    {
      ...find,
      id: 'only-one',
      text: 'nobody else started the like of it meanwhile',
      sole: true,
      means: `the ${lower(operation.title)} that was followed may be another one's`,
    },
  ];
  return [
    {
      ...step('See how the command ends', find.service, 'it ends by itself', acts),
      start: 'id',
    },
  ];
}

/** The words of the command, as they are run. */
export function argvOf(context: Context, command: Command): readonly string[] {
  return filledWords(command.argv, context.calibration?.parameters ?? {});
}

/** `bakery order place`: the words before the first option or parameter, at most three. */
function titleOf({ argv }: Command): string {
  const end = argv.findIndex((word) => /[{./]/.test(word) || word.startsWith('-'));
  return argv.slice(0, Math.min(3, end <= 0 ? 3 : end)).join(' ');
}

/** Real seconds that the command may take after the operation's end. */
function collectSeconds({ scenario: { answers } }: Context): number {
  return (answers.trigger.kind === 'cli' ? answers.trigger.within : undefined) ?? 15;
}

function findAct(context: Context, operation: Named<Operation>): FindAct | undefined {
  const { find } = operation;
  const target = find && listOf(context, find);
  if (!find || !target) return undefined;
  return {
    kind: 'find',
    id: 'has-id',
    text: `the ${lower(operation.title)} that the command started is found`,
    capture: 'id',
    ...target,
    before: 'before',
    items: find.items,
    item: find.id,
    command: 'command',
    within: 20,
    where: filledCondition(context, find.match),
  };
}

function listOf(context: Context, find: NonNullable<Operation['find']>): Target | undefined {
  const endpoint = endpointNamed(context.profile, find.endpoint);
  return endpoint && targetOf(endpoint, {}, find.query);
}

/** What the operation says of itself must be what the command asked for. */
function recordActs(context: Context, operation: Named<Operation>): readonly Act[] {
  const { record = [] } = operation.find ?? {};
  if (record.length === 0) return [];
  const condition = filledCondition(context, record);
  return [
    { kind: 'request', reply: 'record', ...lookAt(context, operation, 'id') },
    {
      kind: 'check',
      id: 'as-asked',
      text: `it does what the command asked for: ${inWords(condition)}`,
      reply: 'record',
      condition,
    },
  ];
}

/** Expectations with the parameters of command or calibration in the place of `{symbol}`; those without a value are left out. */
function filledCondition(
  context: Context,
  expectations: readonly { readonly path: string; readonly equals?: unknown }[],
): Condition {
  const values: { readonly [name: string]: unknown } = {
    ...context.calibration?.parameters,
    ...context.command?.values,
  };
  return allOf(
    expectations.flatMap((one) => {
      const name =
        typeof one.equals === 'string' ? /\{([a-z0-9-]+)\}/.exec(one.equals)?.[1] : undefined;
      if (name === undefined) return [one];
      if (!Object.hasOwn(values, name)) return [];
      const whole = one.equals === `{${name}}`;
      const text = String(one.equals).replace(`{${name}}`, String(values[name]));
      return [{ ...one, equals: whole ? values[name] : text }];
    }),
  );
}
