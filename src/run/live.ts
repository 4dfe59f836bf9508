import type { Io } from '../commands/io.ts';
import type { Resolved } from '../scenario/model.ts';
import type { ScriptEvent } from './events.ts';
import { cut, paintFor, plain } from './paint.ts';

/** Shows a run while it goes on. */
export interface Live {
  see(event: ScriptEvent): void;
  /** Takes away what isn't meant to stay. */
  end(): void;
}

/** What is known of a run at a moment. */
export interface Moment {
  readonly step: string;
  readonly percent?: number;
  /** Seconds of the system since the present wait began. */
  readonly elapsed?: number;
  readonly state?: string;
}

/** A line that is drawn over on a terminal; elsewhere a line for each step and for each point that isn't ok. */
export function liveOn(scenario: Resolved, io: Pick<Io, 'stderr' | 'env'>): Live {
  const drawable = io.stderr.isTTY === true && io.env['TERM'] !== 'dumb';
  return drawable ? drawnOver(scenario, io) : plainLines(scenario, io);
}

/** For `--json` without a terminal: nothing. */
export const silent: Live = { see: () => undefined, end: () => undefined };

/** The moment after an event. */
function after(moment: Moment, event: ScriptEvent): Moment {
  if (event.event === 'step') return event.acts === false ? moment : { step: event.title };
  if (event.event !== 'look') return moment;
  const { progress, elapsed, status } = event;
  return {
    step: moment.step,
    ...(typeof progress === 'number' ? { percent: progress } : {}),
    ...(typeof elapsed === 'number' ? { elapsed } : {}),
    ...(typeof status === 'string' ? { state: status } : {}),
  };
}

/** A moment in words: `Wait until the baking is at 50 % · running · 52 % · 12 s of 36–65 s`. */
export function momentInWords(moment: Moment, scenario: Pick<Resolved, 'calibration'>): string {
  const { step, percent, elapsed, state } = moment;
  const range = scenario.calibration?.seconds;
  const of = range === undefined ? '' : ` of ${short(range.min)}–${short(range.max)} s`;
  return [
    plain(step),
    ...(state === undefined ? [] : [plain(state)]),
    ...(percent === undefined ? [] : [`${Math.floor(percent)} %`]),
    ...(elapsed === undefined ? [] : [`${Math.round(elapsed)} s${of}`]),
  ].join(' · ');
}

function short(seconds: number): string {
  return seconds < 10 ? String(Math.round(seconds * 10) / 10) : String(Math.round(seconds));
}

function drawnOver(scenario: Resolved, io: Pick<Io, 'stderr' | 'env'>): Live {
  const paint = paintFor(io.stderr, io.env);
  const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  let moment: Moment = { step: 'preflight' };
  let frame = 0;
  const draw = (): void => {
    const width = (io.stderr.columns || 80) - scenario.id.length - 5;
    const said = cut(momentInWords(moment, scenario), Math.max(10, width));
    io.stderr.write(
      `\r\u001B[2K${paint.cyan(frames[frame % frames.length] ?? '')} ${scenario.id}  ${paint.dim(said)}`,
    );
    frame += 1;
  };
  const timer = setInterval(draw, 100);
  draw();
  return {
    see: (event) => {
      moment = after(moment, event);
    },
    end: () => {
      clearInterval(timer);
      io.stderr.write('\r\u001B[2K');
    },
  };
}

function plainLines(scenario: Resolved, io: Pick<Io, 'stderr'>): Live {
  io.stderr.write(`${scenario.id}\n`);
  return {
    see: (event) => {
      if (event.event === 'step' && event.acts !== false)
        io.stderr.write(`  ${plain(event.title)}\n`);
      if (event.event === 'point' && !event.ok && event.reason !== 'not-reached')
        io.stderr.write(
          `  ✗ ${plain(event.text)}${event.actual === undefined ? '' : `: ${plain(event.actual)}`}\n`,
        );
    },
    end: () => undefined,
  };
}
