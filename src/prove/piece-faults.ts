import { scriptLine } from '../files/words.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import type { ScriptAct } from '../scenario/acts.ts';
import type { Json } from '../scenario/comparators.ts';
import type { Fault, PieceWay } from './fault.ts';
import { isList } from './json-path.ts';
import { maySee } from './piece-sight.ts';
import { jsonOf, withJson, type Reply } from './reply.ts';
import { planted } from './wrong-values.ts';

/**
 * The fault of a point whose piece of bash a person wrote. What such a piece judges cannot be read, so what it sees is made wrong in
 * one way after the other, until it fails. One that no way moves says nothing of the system.
 */
export function pieceFaults(point: ScriptAct, scenario: Resolved): readonly Fault[] {
  if (point.defect !== undefined) return [];
  const captures = scenario.steps.flatMap(({ acts }) =>
    acts.flatMap((act) => ('capture' in act ? [act.capture] : [])),
  );
  const ways: readonly PieceWay[] = [
    ...replyWays,
    ...commandWays,
    ...(captures.length === 0 ? [] : [captureWay(captures)]),
    ...(scenario.services.some(({ log }) => log !== undefined) ? [logWay] : []),
    evidenceWay,
  ];
  return [
    {
      name: 'script-unmoved',
      what: `${point.file} ends with 0 whatever is planted`,
      point: point.id,
      plant: { kind: 'piece', file: point.file, ways },
    },
  ];
}

/** The faults that are planted one after the other for one, until the point notices; `text` is that of its piece. */
export function inTurn(fault: Fault, scenario: Resolved, text: string): readonly Fault[] {
  const { plant } = fault;
  if (plant.kind !== 'piece') return [fault];
  const ways = plant.ways.filter(({ misled }) => maySee(text, misled, scenario));
  // Where only a program could ask a service, it is the program that is looked at first.
  const asks = scenario.services.some(({ variable }) => text.includes(variable));
  const last = (way: PieceWay): boolean => !asks && way.misled.by === 'replies';
  return [...ways.filter((way) => !last(way)), ...ways.filter(last)].map((way) => ({
    ...fault,
    name: way.name,
    what: `${way.what} (${plant.file})`,
    plant: { ...plant, ways: [way] },
  }));
}

/** The fault, where nothing of what was planted came before the eyes of the piece. */
export function unseen(fault: Fault, { services, steps }: Resolved, ran: boolean): Fault {
  const file = fault.plant.kind === 'piece' ? fault.plant.file : '';
  const variables = services.map(({ variable }) => `$${variable}`).join(', ');
  const bound = pointsOf(steps).find(({ point }) => point.id === fault.point);
  const line = bound === undefined ? '' : scriptLine(bound.point, bound.step).words;
  const what = ran
    ? `${file} asks no service by its variable (${variables}) and runs no program by its name; an outcome, such as file, can be proven in its place`
    : `${file} did not run: see that run.sh has the line: ${line}`;
  return { ...fault, what };
}

/** What a person can do about a piece that nothing moved. */
export function adviceFor({ point, plant }: Fault, { steps }: Resolved): string {
  const { ways = [], file = '' } = plant.kind === 'piece' ? plant : {};
  const tried = ways.map(({ what }) => what).join('; ');
  const text = pointsOf(steps).find((one) => one.point.id === point)?.point.text ?? '';
  return `the run stayed green with each of: ${tried}. Let ${file} end with another code when “${text}” is not so, such as \`curl -fsS … | jq -e '…'\` as its last line, or judge it by an outcome`;
}

/** Numbers far below and far above what was said: one of them is beyond any bound. */
const replyWays: readonly PieceWay[] = [
  replies('wrong-value', 'each value of the replies is another, numbers are low', (reply) =>
    bodyOf(reply, (body) => otherThroughout(body, -1_000_000)),
  ),
  replies('wrong-value', 'each value of the replies is another, numbers are high', (reply) =>
    bodyOf(reply, (body) => otherThroughout(body, 1_000_000_000)),
  ),
  replies('field-missing', 'the replies are empty', (reply) =>
    bodyOf(reply, (body) => (isList(body) ? [] : {})),
  ),
  replies('status-500-good-body', 'the replies have status 500', (reply) => ({
    ...reply,
    status: 500,
  })),
];

const commandWays: readonly PieceWay[] = [
  {
    name: 'wrong-exit',
    what: 'the programs that it runs exit with 97',
    misled: { by: 'commands', exit: 97 },
  },
  {
    name: 'says-nothing',
    what: 'the programs that it runs say nothing',
    misled: { by: 'commands', silent: ['stdout', 'stderr'] },
  },
];

const logWay: PieceWay = {
  name: 'log-empty',
  what: 'the logs are empty',
  misled: { by: 'logs' },
};

const evidenceWay: PieceWay = {
  name: 'evidence-empty',
  what: 'no evidence was kept',
  misled: { by: 'evidence' },
};

function captureWay(names: readonly string[]): PieceWay {
  return {
    name: 'capture-empty',
    what: 'what was captured is empty',
    misled: { by: 'captures', names },
  };
}

function replies(name: string, what: string, change: (reply: Reply) => Reply): PieceWay {
  return { name, what, misled: { by: 'replies', change } };
}

function bodyOf(reply: Reply, change: (body: Json) => Json): Reply {
  const body = jsonOf(reply);
  return body === undefined ? { ...reply, text: planted } : withJson(reply, change(body));
}

/** A document of the same form in which no value is as it was. */
function otherThroughout(value: Json, number: number): Json {
  if (isList(value)) return value.map((one) => otherThroughout(one, number));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, otherThroughout(one as Json, number)]),
    );
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? number : planted;
}
