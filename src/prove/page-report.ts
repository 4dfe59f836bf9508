import type { Json } from '../scenario/comparators.ts';
import type { UiAct } from '../scenario/acts.ts';
import { valueAt } from './json-path.ts';
import { jsonOf, type Reply } from './reply.ts';

/** A request that a page made, and what it got. */
export interface PageExchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly reply: Reply;
}

/** The places in the report of a visit that one exchange stands in: of the page itself, or of a watched request. */
export function placesOf(
  act: UiAct,
  { method, path }: Omit<PageExchange, 'reply'>,
): readonly string[] {
  const [pathname = path] = path.split('?');
  const own = method === 'GET' && path === act.page ? ['.page'] : [];
  const watched = act.watch
    .filter(
      (one) => one.method === method && isLike(one.path, one.path.includes('?') ? path : pathname),
    )
    .map(({ name }) => `.asked.${name}`);
  return [...own, ...watched];
}

/** Whether a path is one that `{…}` in the pattern stands for. */
function isLike(pattern: string, path: string): boolean {
  const given = path.split('/');
  const wanted = pattern.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part === given[index] || /^\{[^{}]+\}$/.test(part))
  );
}

/** The report of a visit as a reply, as far as it follows from the page's requests: so captures are known while it goes on. */
export function reportSoFar(act: UiAct, exchanges: readonly PageExchange[]): Reply {
  const asked: Record<string, Json> = {};
  for (const exchange of exchanges) {
    for (const place of placesOf(act, exchange)) {
      const name = place.replace('.asked.', '');
      if (place !== '.page') asked[name] ??= partOf(exchange.reply);
    }
  }
  return reportReply({ asked });
}

/** The report of a visit, as the points on it see it. */
export function reportReply(report: Json): Reply {
  return { status: 200, headers: {}, text: JSON.stringify(report), seconds: 0, elapsed: 0 };
}

/** What the report keeps of a reply. */
export function partOf(reply: Reply): { readonly status: number; readonly body: Json } {
  return { status: reply.status, body: jsonOf(reply) ?? reply.text };
}

/** The reply that would make the report say this of it; undefined where none could. */
export function replyFor(part: Json | undefined, reply: Reply): Reply | undefined {
  const status = valueAt(part, '.status');
  const body = valueAt(part, '.body');
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599)
    return undefined;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { ...reply, status, text };
}
