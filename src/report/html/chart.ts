import { html, raw } from 'hono/html';
import type { ReportedRun } from '../run.ts';
import type { Html } from './kinds.ts';

const width = 760;
const height = 220;
const frame = { left: 44, right: 16, top: 14, bottom: 30 };
const plot = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom };
/** With more looks than these, a line without dots is easier to read. */
const mostDots = 80;

interface Dot {
  /** Seconds of the system since the first step. */
  readonly at: number;
  readonly progress: number;
  readonly state: string;
}

/**
 * What the waits of a run saw, as lines over the system's seconds since its first step, beside the time that the operation takes by
 * its calibration. Nothing where no progress was seen.
 */
export function chartOf(run: ReportedRun): Html | string {
  const start = firstTime(run);
  const lines = run.steps
    .flatMap(({ series }) => series)
    .map(({ name, looks }) => ({
      name,
      dots: looks.flatMap(({ t, progress, status }): readonly Dot[] =>
        typeof progress === 'number' && t !== undefined && start !== undefined
          ? [
              {
                at: Math.max(0, (t - start) / run.timeScale),
                progress,
                state: String(status ?? ''),
              },
            ]
          : [],
      ),
    }))
    .filter(({ dots }) => dots.length > 0);
  if (lines.length === 0) return '';
  const seen = lines.flatMap(({ dots }) => dots.map(({ at }) => at)).reduce(larger, 0);
  const longest = larger(seen, run.calibrated?.max ?? 0) * 1.04 || 1;
  const highest = lines
    .flatMap(({ dots }) => dots.map(({ progress }) => progress))
    .reduce(larger, 100);
  const x = (seconds: number): number => round(frame.left + (seconds / longest) * plot.width);
  const y = (percent: number): number =>
    round(frame.top + plot.height * (1 - Math.max(0, percent) / highest));
  return html`<figure class="chart">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Progress over time">
      ${bandOf(run, x)}
      ${[0, 25, 50, 75, 100].map(
        (percent) =>
          html`<line
              class="grid"
              x1="${frame.left}"
              x2="${width - frame.right}"
              y1="${y(percent)}"
              y2="${y(percent)}"
            />
            <text class="axis" x="${frame.left - 8}" y="${y(percent) + 4}" text-anchor="end"
              >${percent}</text
            >`,
      )}
      ${ticks(longest).map(
        (at) =>
          html`<text class="axis" x="${x(at)}" y="${height - 10}" text-anchor="middle"
            >${at} s</text
          >`,
      )}
      ${lines.map(({ dots }, index) => lineOf(dots, index, x, y))}
    </svg>
    <figcaption>
      ${lines.map(
        ({ name, dots }, index) =>
          html`<span class="key"
            ><i class="c${index % 6}"></i>${name} <small>${lastWords(dots)}</small></span
          >`,
      )}
      ${
        run.calibrated === undefined
          ? ''
          : html`<span class="key"
              ><i class="band"></i>calibrated: done in
              ${short(run.calibrated.min)}–${short(run.calibrated.max)} s</span
            >`
      }
      <span class="unit">progress in %, seconds of the system since the first step</span>
    </figcaption>
  </figure>`;
}

function firstTime(run: ReportedRun): number | undefined {
  const step = run.steps.find(({ number }) => number > 0);
  const times = [
    ...(step?.requests ?? []).map(({ t, seconds }) =>
      t === undefined ? undefined : t - (seconds ?? 0),
    ),
    ...(step?.points ?? []).map(({ t }) => t),
    ...run.steps.flatMap(({ series }) => series.flatMap(({ looks }) => looks[0]?.t)),
  ];
  return times.find((one) => one !== undefined);
}

function bandOf(run: ReportedRun, x: (seconds: number) => number): Html | string {
  if (run.calibrated === undefined) return '';
  const { min, max } = run.calibrated;
  const wide = Math.max(2, x(max) - x(min));
  return html`<rect
    class="band"
    x="${x(min)}"
    y="${frame.top}"
    width="${round(wide)}"
    height="${plot.height}"
    rx="3"
  />`;
}

function lineOf(
  dots: readonly Dot[],
  index: number,
  x: (seconds: number) => number,
  y: (percent: number) => number,
): Html {
  const path = dots.map(({ at, progress }, n) => `${n === 0 ? 'M' : 'L'}${x(at)} ${y(progress)}`);
  const shown = dots.length <= mostDots ? dots : dots.slice(-1);
  return html`<path class="line c${index % 6}" d="${raw(path.join(''))}" /> ${shown.map(
      ({ at, progress, state }) =>
        html`<circle class="c${index % 6}" cx="${x(at)}" cy="${y(progress)}" r="3">
          <title>${short(at)} s: ${short(progress)} % ${state}</title>
        </circle>`,
    )}`;
}

function lastWords(dots: readonly Dot[]): string {
  const last = dots.at(-1);
  return last === undefined ? '' : `${last.state} at ${short(last.progress)} %`;
}

/** Round times along the axis, about six of them. */
function ticks(longest: number): readonly number[] {
  const rough = longest / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => short(index * step));
}

function larger(one: number, other: number): number {
  return Math.max(one, other);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function short(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 100) / 100 : round(value);
}
