import type { Json } from '../scenario/comparators.ts';
import type { PointAct, UiAct, WatchedRequest } from '../scenario/acts.ts';
import type { Fault, Memory } from './fault.ts';
import { doubling, htmlWith, hiding, noScripts, planting, throwing } from './html.ts';
import { valueAt, withValue } from './json-path.ts';
import { partOf, placesOf, replyFor, reportReply, type PageExchange } from './page-report.ts';
import { changesFor, changesForCapture, type Sight } from './reply-faults.ts';
import { differs, jsonOf, type Reply } from './reply.ts';
import type { Around } from './service-faults.ts';
import { simulate } from './simulate.ts';
import { exampleOf } from './wrong-values.ts';

/** A fault that could be planted in a page, and the report that the visit would come to. */
interface Candidate {
  readonly name: string;
  readonly what: string;
  readonly change: (exchange: PageExchange) => Reply;
  readonly report: Json;
}

/** The faults in a page, and in what it is answered, that a right script must notice at this point first. */
export function pageFaults(
  point: PointAct,
  at: number,
  act: UiAct,
  sight: Sight,
  around: Around,
): readonly Fault[] {
  const report = jsonOf(sight.reply);
  if (report === undefined) return [];
  const candidates = [
    ...replyCandidates(point, act, report, sight),
    ...brokenPages(act, report),
    ...act.watch.map((one) => askedTwice(one, act, report)),
    ...act.actions.flatMap((one) =>
      'waitFor' in one ? [hidden(one.waitFor.text, act, report)] : [],
    ),
    ...act.texts.map((text) => hidden(text, act, report)),
    ...forbiddenTexts(point).map((text) => shown(text, act, report)),
  ];
  const noticed = candidates.filter((one) => {
    const red = simulate(
      around.scenario,
      around.recording.map((replies, index) =>
        index === at ? [reportReply(one.report)] : replies,
      ),
    );
    return red !== undefined && 'point' in red && red.point === point.id;
  });
  return noticed.map(({ name, what, change }) => ({
    name,
    what: `${what} (${act.reply})`,
    point: point.id,
    plant: { kind: 'page', act: at, change },
  }));
}

/** Changes of what the point looks at, carried over to the reply that the page got. */
function replyCandidates(
  point: PointAct,
  act: UiAct,
  report: Json,
  sight: Sight,
): readonly Candidate[] {
  if (point.kind !== 'check' && point.kind !== 'guard' && point.kind !== 'capture') return [];
  const changes =
    point.kind === 'capture' ? changesForCapture(point, sight) : changesFor(point, sight);
  const places = ['.page', ...act.watch.map(({ name }) => `.asked.${name}`)];
  const other = places.map((place) => ({
    name: 'status-500-good-body',
    what: `${place}.status is 500`,
    change: (reply: Reply): Reply =>
      reportReply(withValue(jsonOf(reply) ?? null, `${place}.status`, 500)),
  }));
  const memory: Memory = { earlier: [], shown: [], captures: sight.captures };
  return [...changes, ...other].flatMap((changing): readonly Candidate[] => {
    const { name, what } = changing;
    const change = (reply: Reply): Reply => changing.change(reply, memory);
    const after = jsonOf(change(reportReply(report))) ?? null;
    const place = places.find((one) => !same(valueAt(after, one), valueAt(report, one)));
    const part = place === undefined ? undefined : valueAt(after, place);
    const altered = replyFor(part, sight.reply);
    const plain = place === undefined ? undefined : replyFor(valueAt(report, place), sight.reply);
    // How often the page asked, for one, is not in a reply.
    if (place === undefined || !altered || !plain || !differs(altered, plain)) return [];
    return [
      {
        name,
        what,
        report: after,
        change: (exchange) =>
          placesOf(act, exchange).includes(place)
            ? (replyFor(partAfter(change, place, exchange.reply), exchange.reply) ?? exchange.reply)
            : exchange.reply,
      },
    ];
  });
}

/** What a change of the report makes of the part of it that a reply is. */
function partAfter(change: (reply: Reply) => Reply, place: string, reply: Reply): Json | undefined {
  const part: Json = place === '.page' ? { status: reply.status, body: reply.text } : partOf(reply);
  const [, name = ''] = /^\.asked\.(.+)$/.exec(place) ?? [];
  const report: Json = name === '' ? { page: part } : { asked: { [name]: part } };
  return valueAt(jsonOf(change(reportReply(report))), place);
}

/** Pages that do nothing, or are none. */
function brokenPages(act: UiAct, report: Json): readonly Candidate[] {
  const waits = act.actions.some((one) => 'waitFor' in one);
  const silent = withValue(withValue(report, '.asked', {}), '.text', '');
  const useless = waits ? withProblem(silent) : silent;
  const error = '<!doctype html><title>Error</title><h1>Something went wrong</h1>';
  return [
    {
      name: 'buttons-dead',
      what: 'the page has no scripts, so that its buttons do nothing',
      change: (exchange) => onPage(act, exchange, noScripts),
      report: useless,
    },
    {
      name: 'page-of-an-error',
      what: 'the page tells of an error, with a good status',
      change: (exchange) => onPage(act, exchange, () => error),
      report: act.actions.length > 0 ? withProblem(silent) : silent,
    },
    {
      name: 'page-script-breaks',
      what: 'a script of the page breaks off',
      change: (exchange) => onPage(act, exchange, (html) => htmlWith(html, throwing)),
      report: withValue(report, '.exceptions', ['Error: planted']),
    },
  ];
}

/** The page makes a request twice where it should make one. */
function askedTwice({ name, method, path }: WatchedRequest, act: UiAct, report: Json): Candidate {
  const times = valueAt(report, `.asked.${name}.times`);
  return {
    name: 'asked-twice',
    what: `the page requests ${method} ${path} twice`,
    change: (exchange) => onPage(act, exchange, (html) => htmlWith(html, doubling(method))),
    report: withValue(report, `.asked.${name}.times`, typeof times === 'number' ? times * 2 : 2),
  };
}

/** The page never shows this text. */
function hidden(text: string, act: UiAct, report: Json): Candidate {
  const awaited = act.actions.some((one) => 'waitFor' in one && one.waitFor.text.includes(text));
  const seen = valueAt(report, '.text');
  const without = withValue(
    report,
    '.text',
    typeof seen === 'string' ? seen.replaceAll(text, '') : '',
  );
  return {
    name: 'text-missing',
    what: `the page never shows ${JSON.stringify(text)}`,
    change: (exchange) => onPage(act, exchange, (html) => htmlWith(html, hiding(text))),
    report: awaited ? withProblem(without) : without,
  };
}

/** The page shows a text that must not be there. */
function shown(text: string, act: UiAct, report: Json): Candidate {
  return {
    name: 'text-planted',
    what: `the page shows ${JSON.stringify(text)}`,
    change: (exchange) => onPage(act, exchange, (html) => htmlWith(html, planting(text))),
    report: withValue(report, '.text', `${String(valueAt(report, '.text'))} ${text}`),
  };
}

/** The texts that a point must not find on the page. */
function forbiddenTexts(point: PointAct): readonly string[] {
  if (point.kind !== 'check') return [];
  return point.condition.flat().flatMap(({ field, comparisons }) =>
    comparisons.flatMap(({ name, value }) => {
      const text = field === '.text' && name === 'lacks' ? exampleOf(String(value)) : undefined;
      return text === undefined ? [] : [text];
    }),
  );
}

/** The reply with another page, where it is the page. */
function onPage(act: UiAct, exchange: PageExchange, change: (html: string) => string): Reply {
  const { reply } = exchange;
  return placesOf(act, exchange).includes('.page') ? { ...reply, text: change(reply.text) } : reply;
}

function withProblem(report: Json): Json {
  return withValue(report, '.problem', 'planted');
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
