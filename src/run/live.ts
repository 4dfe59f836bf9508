import type { Io } from '../commands/io.ts';
import type { Resolved } from '../scenario/model.ts';
import type { RunEvent } from './event.ts';
import { cut, paintFor, plain } from './paint.ts';

/** Shows a run while it goes on. */
export interface Live {
  see(event: RunEvent): void;
  /** Takes away what isn't meant to stay. */
  end(): void;
}

/** Shows the runs that go on at once. */
export interface Board {
  begin(scenario: Resolved): Live;
  /** Prints something while nothing is drawn. */
  aside(print: () => void): void;
}

/** What is known of a run at a moment. */
export interface Moment {
  readonly step: string;
  readonly percent?: number;
  /** Seconds of the system since the present wait began. */
  readonly elapsed?: number;
  readonly state?: string;
}

/**
 * A line for each run, drawn over, on a terminal; elsewhere a line for each step and for each point that isn't ok, with the
 * scenario's name before it where several run at once.
 */
export function boardOn(io: Pick<Io, 'stderr' | 'env'>, several: boolean): Board {
  const drawable = io.stderr.isTTY === true && io.env['TERM'] !== 'dumb';
  if (drawable) return drawnOver(io);
  return { begin: (scenario) => plainLines(scenario, io, several), aside: (print) => print() };
}

/** For `--json` without a terminal: nothing. */
export const silent: Board = {
  begin: () => ({ see: () => undefined, end: () => undefined }),
  aside: (print) => print(),
};

/** The moment after an event. */
function after(moment: Moment, event: RunEvent): Moment {
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

interface Row {
  readonly scenario: Resolved;
  moment: Moment;
}

function drawnOver(io: Pick<Io, 'stderr' | 'env'>): Board {
  const paint = paintFor(io.stderr, io.env);
  const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  const rows = new Set<Row>();
  let frame = 0;
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const erase = (): void => {
    const up = drawn > 1 ? `\u001B[${drawn - 1}A` : '';
    if (drawn > 0) io.stderr.write(`\r${up}${drawn > 1 ? '\u001B[J' : '\u001B[2K'}`);
    drawn = 0;
  };
  const draw = (): void => {
    erase();
    const sign = paint.cyan(frames[frame % frames.length] ?? '');
    const lines = [...rows].map(({ scenario, moment }) => {
      const width = (io.stderr.columns || 80) - scenario.id.length - 5;
      const said = cut(momentInWords(moment, scenario), Math.max(10, width));
      return `${sign} ${scenario.id}  ${paint.dim(said)}`;
    });
    io.stderr.write(lines.join('\n'));
    drawn = lines.length;
    frame += 1;
  };
  return {
    begin(scenario) {
      const row: Row = { scenario, moment: { step: 'preflight' } };
      rows.add(row);
      timer ??= setInterval(draw, 100);
      draw();
      return {
        see: (event) => {
          row.moment = after(row.moment, event);
        },
        end: () => {
          rows.delete(row);
          erase();
          if (rows.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
    },
    aside(print) {
      erase();
      print();
    },
  };
}

function plainLines(scenario: Resolved, io: Pick<Io, 'stderr'>, several: boolean): Live {
  io.stderr.write(`${scenario.id}${several ? ': begins' : ''}\n`);
  const start = several ? `${scenario.id}: ` : '  ';
  return {
    see: (event) => {
      if (event.event === 'step' && event.acts !== false)
        io.stderr.write(`${start}${plain(event.title)}\n`);
      if (event.event === 'point' && !event.ok && event.reason !== 'not-reached')
        io.stderr.write(
          `${start}✗ ${plain(event.text)}${event.actual === undefined ? '' : `: ${plain(event.actual)}`}\n`,
        );
    },
    end: () => undefined,
  };
}
