import type { LogTake, UiAct } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import type { Captures } from './conditions.ts';
import type { Fault, Lines } from './fault.ts';
import { filled } from './log-faults.ts';
import { reportSoFar, type PageExchange } from './page-report.ts';
import { differs, type Reply } from './reply.ts';
import { actOf, beginning, moved, sendingActs, type Place, type SendingAct } from './sending.ts';

/** A request as it reaches the proxy. */
export interface Request {
  readonly service: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Sent by the script itself, and not by a command that it runs. */
  readonly own: boolean;
  /** Made by a page that the script visits, and not by the script itself. */
  readonly browser: boolean;
}

/** What is to be done with a request. */
export type Treatment =
  | { readonly kind: 'pass'; readonly act: number | undefined }
  | { readonly kind: 'answer'; readonly act: number; readonly reply: Reply }
  | { readonly kind: 'break-off' };

/** One run of a script as seen from between it and the services. */
export interface Session {
  /** Decides what becomes of a request. */
  treat(request: Request): Treatment;
  /** The reply that the script gets in the place of the service's. */
  altered(request: Request, act: number | undefined, reply: Reply): Reply;
  /** Whether the lines of a service's log matter: something is taken from them, or the fault changes them. */
  reads(service: string): boolean;
  /** The line, or what stands in its place, of a service's log. */
  logged(service: string, line: string): Lines;
  /** How often the fault changed something. */
  landed(): number;
  /** The unaltered replies to each act. */
  recording(): readonly (readonly Reply[])[];
}

/** Follows a script through its acts and plants at most one fault on its way. `scale` is the run's time scale. */
export function session(scenario: Resolved, fault: Fault | undefined, scale: number): Session {
  const acts = sendingActs(scenario);
  const takers = takersOf(scenario);
  const plant = fault?.plant;
  const logPlant = plant?.kind === 'reply' ? plant.log : plant?.kind === 'log' ? plant : undefined;
  const heard: Reply[][] = acts.map(() => []);
  const shown: Reply[][] = acts.map(() => []);
  const begun: number[] = [];
  const visited: PageExchange[] = [];
  let place: Place = beginning;
  let landed = 0;
  let dead = false;
  let lines = 0;
  let asked = false;

  const visiting = indexOfVisit(acts);

  /** What a page gets: the visit's report grows with it, and with the report what the script captures. */
  const onPage = (act: number, visit: UiAct, exchange: PageExchange): Reply => {
    const given =
      plant?.kind === 'page' && plant.act === act ? plant.change(exchange) : exchange.reply;
    if (differs(given, exchange.reply)) landed += 1;
    visited.push({ ...exchange, reply: given });
    heard[act] = [reportSoFar(visit, visited)];
    goOn(act, reportSoFar(visit, visited));
    return given;
  };

  const goOn = (act: number, reply: Reply): void => {
    place = moved(acts, place, act, reply, scenario);
  };

  return {
    treat(request) {
      const own = request.own ? actOf(acts, place, request) : undefined;
      const act = request.browser ? visiting : own;
      // A script that sends nothing but health checks asks for a line of the log when it reads it.
      if (request.own && own === undefined && place.done && place.at === acts.length - 1)
        asked = true;
      if (plant?.kind === 'dead' && act !== undefined && act >= plant.act) dead = true;
      if (dead) {
        landed += 1;
        return { kind: 'break-off' };
      }
      if (plant?.kind === 'swallow' && act === plant.act) {
        landed += 1;
        goOn(act, plant.answer);
        return { kind: 'answer', act, reply: plant.answer };
      }
      return { kind: 'pass', act };
    },
    altered(request, act, plainReply) {
      const sending = act === undefined ? undefined : acts[act];
      if (act === undefined || sending === undefined) return plainReply;
      if (sending.kind === 'ui') return onPage(act, sending, { ...request, reply: plainReply });
      const at = performance.now() / 1000;
      begun[act] ??= at;
      const reply = { ...plainReply, elapsed: (at - begun[act]) / scale };
      const given =
        plant?.kind === 'reply' && plant.act === act
          ? plant.change(reply, {
              earlier: heard[act] ?? [],
              shown: shown[act] ?? [],
              captures: place.captures,
            })
          : reply;
      if (differs(given, reply)) landed += 1;
      heard[act]?.push(reply);
      shown[act]?.push(given);
      goOn(act, given);
      return given;
    },
    reads: (service) =>
      logPlant?.service === service || takers.some((taker) => taker.service === service),
    logged(service, line) {
      if (takers.length > 0)
        place = {
          ...place,
          captures: { ...place.captures, ...takenFrom(takers, service, line, place) },
        };
      if (logPlant?.service !== service || !(asked || isStarted(acts, place))) return [line];
      const given = logPlant.change(line, { captures: place.captures, changed: lines });
      if (given.length === 1 && given[0] === line) return given;
      landed += 1;
      lines += 1;
      return given;
    },
    landed: () => landed,
    recording: () => heard,
  };
}

function indexOfVisit(acts: readonly SendingAct[]): number | undefined {
  const index = acts.findIndex(({ kind }) => kind === 'ui');
  return index < 0 ? undefined : index;
}

/** What a look takes from lines of a log that hold a text. */
interface Taker {
  readonly service: string;
  readonly text: string;
  readonly takes: LogTake;
}

/** The looks that take something, found once: a log may gain ten thousands of lines in a run. */
function takersOf({ steps }: Resolved): readonly Taker[] {
  return steps
    .flatMap(({ acts }) => acts)
    .flatMap((act) =>
      act.kind === 'log' && act.look.name === 'present' && act.look.takes
        ? [{ service: act.service, text: act.look.text, takes: act.look.takes }]
        : [],
    );
}

/** What the looks at this log take from a line of it. */
function takenFrom(
  takers: readonly Taker[],
  service: string,
  line: string,
  place: Place,
): Captures {
  const taken = takers.flatMap(({ service: ofTaker, text, takes }) => {
    if (ofTaker !== service) return [];
    const value = behind(line, filled(text, place.captures), takes.matches);
    return value === undefined ? [] : [[takes.capture, value] as const];
  });
  return Object.fromEntries(taken);
}

/** What stands behind a text in a line, as far as it matches. */
function behind(line: string, text: string, matches: string): string | undefined {
  const at = line.indexOf(text);
  return at < 0 ? undefined : new RegExp(`^(?:${matches})`).exec(line.slice(at + text.length))?.[0];
}

/** Whether the preflight is over: a log's window begins there. */
function isStarted(acts: readonly SendingAct[], place: Place): boolean {
  return place.at >= 0 && acts[place.at]?.kind !== 'ready';
}
