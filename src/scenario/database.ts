import type * as z from 'zod';
import type { outcomeShapes } from '../answers/schema.ts';
import { nearest } from '../nearest.ts';
import { comparisonsOf } from './comparators.ts';
import { inWords, term } from './condition.ts';
import type { Context } from './context.ts';
import type { CheckAct, Condition, QueryAct } from './acts.ts';
import type { Step } from './model.ts';
import { atOf, type Wanted } from './observations.ts';
import { step } from './playbooks/parts.ts';
import { freshId } from './steps.ts';

type DatabaseOutcome = z.infer<typeof outcomeShapes.database>;

/** The step that asks the database for this outcome; undefined, with a problem noted, when the profile knows no such database. */
export function databaseStepOf(
  context: Context,
  wanted: Wanted,
  database: DatabaseOutcome,
  steps: readonly Step[],
): Step | undefined {
  const { databases } = context.profile;
  const names = Object.keys(databases);
  const name = database.database ?? names[0] ?? '';
  const known = databases[name];
  if (!known) {
    const close = nearest(name, names);
    context.problems.push({
      path: `${wanted.path}.database`,
      message:
        names.length === 0
          ? 'the profile knows no database'
          : `unknown database ${JSON.stringify(name)}`,
      expected:
        names.length === 0
          ? 'databases: { main: { title, variable, cure, source } } in the profile'
          : names.join(', '),
      ...(close === undefined ? {} : { nearest: close }),
    });
    return undefined;
  }
  const reply = `rows-${queriesIn(steps) + 1}`;
  const condition = conditionOf(database);
  const query: QueryAct = {
    kind: 'query',
    reply,
    variable: known.variable,
    query: database.query.trim(),
    within: 30,
  };
  const check: CheckAct = {
    kind: 'check',
    id: freshId(steps, wanted.id ?? `database-${name}`),
    text: wanted.text ?? `in the ${known.title}, ${wordsFor(condition)}: ${database.query.trim()}`,
    reply,
    condition,
    ...(wanted.means === undefined ? {} : { means: wanted.means }),
    ...atOf(wanted),
  };
  return step('Ask the database', name, 'it holds what it should', [query, check]);
}

function queriesIn(steps: readonly Step[]): number {
  return steps.flatMap(({ acts }) => acts).filter(({ kind }) => kind === 'query').length;
}

/** The single value, the number of rows, or that there is a row at all. */
function conditionOf(database: DatabaseOutcome): Condition {
  const value = comparisonsOf(database);
  const rows = database.rows === undefined ? [] : comparisonsOf(database.rows);
  const terms = [
    ...(value.length > 0 ? [term('.value', ...value)] : []),
    ...(rows.length > 0 ? [term('.count', ...rows)] : []),
  ];
  return [terms.length > 0 ? terms : [term('.count', { name: 'gte', value: 1 })]];
}

function wordsFor(condition: Condition): string {
  return inWords(condition)
    .replaceAll('.value', 'the value')
    .replaceAll('.count', 'the number of rows');
}
