import type { Json } from '../scenario/comparators.ts';
import type { FindAct } from '../scenario/acts.ts';
import { holds, type Captures } from './conditions.ts';
import { isList, valueAt, withValue } from './json-path.ts';
import { jsonOf, withJson, type Reply } from './reply.ts';
import type { WaitChange } from './wait-faults.ts';

/** The ids of the items that are new since `before` and fulfil the act's condition; undefined where there is no list. */
export function newIn(
  act: FindAct,
  reply: Reply,
  before: Reply | undefined,
  captures: Captures,
): readonly string[] | undefined {
  const list = listOf(act, reply);
  const old = before && listOf(act, before);
  if (!list || !old || reply.status !== 200 || before.status !== 200) return undefined;
  const known = new Set(old.map((item) => valueAt(item, act.item)));
  return list.flatMap((item) => {
    const id = valueAt(item, act.item);
    const right = holds(act.where, withJson(reply, item), captures);
    return typeof id === 'string' && !known.has(id) && right ? [id] : [];
  });
}

/** Changes of the list that keep the operation of a command from being told: gone, of another kind, twice, or no list. */
export function findChanges(act: FindAct): readonly WaitChange[] {
  const items =
    (change: (list: readonly Json[]) => readonly Json[]) =>
    (reply: Reply): Reply => {
      const list = listOf(act, reply);
      return list
        ? withJson(reply, withValue(jsonOf(reply) ?? null, act.items, change(list)))
        : reply;
    };
  const [first] = act.where[0] ?? [];
  const looked: readonly WaitChange[] = [
    {
      name: 'another-operation',
      what: 'there are two like it',
      change: items(([newest, ...more]) =>
        newest === undefined ? [] : [withValue(newest, act.item, 'planted'), newest, ...more],
      ),
    },
    {
      name: 'status-500-good-body',
      what: 'status 500',
      change: (reply) => ({ ...reply, status: 500 }),
    },
  ];
  if (act.sole) return looked.slice(0, 1);
  return [
    ...looked,
    {
      name: 'operation-missing',
      what: 'what the command started is not in the list',
      change: items(() => []),
    },
    ...(first === undefined
      ? []
      : [
          {
            name: 'wrong-value',
            what: `${first.field} of the items is another`,
            change: items((list) => list.map((item) => withValue(item, first.field, 'planted'))),
          },
        ]),
  ];
}

function listOf({ items }: FindAct, reply: Reply): readonly Json[] | undefined {
  const list = valueAt(jsonOf(reply), items);
  return isList(list) ? list : undefined;
}
