import { html } from 'hono/html';
import { issueOf, pointsIn, titleOf, type ReportedRun, type ReportedStep } from '../run.ts';
import { duration } from '../text.ts';
import { chartOf } from './chart.ts';
import { curlOf } from './curl.ts';
import { evidenceIn, picturesIn } from './evidence.ts';
import { anchorOf, kindOf, kinds, type Html } from './kinds.ts';

type Point = ReportedStep['points'][number];

/** All of one run: what it came to, its timeline, what its waits saw, its checks and its evidence. */
export function detailsOf(run: ReportedRun, toFolders: string, open: boolean): Html {
  const kind = kindOf(run);
  const { planned, executed, failed } = run.checks;
  return html`<details
    class="run k-${kind}"
    id="${anchorOf(run)}"
    data-kind="${kind}"
    ${open ? 'open' : ''}
  >
    <summary>
      <i class="sign" aria-hidden="true">${kinds[kind]}</i>
      <span class="name">${titleOf(run)}<small>${run.name}</small></span>
      <span class="verdict">${kind}</span>
      <span class="tag">${run.category}</span>
      <span class="number">${executed - failed}/${planned}</span>
      <span class="number">${duration(run.seconds)}</span>
    </summary>
    <div class="inside">
      ${bannerOf(run)} ${factsOf(run)} ${timelineOf(run)} ${chartOf(run)} ${checksOf(run)}
      ${picturesIn(run)} ${evidenceIn(run, toFolders)}
    </div>
  </details>`;
}

function bannerOf(run: ReportedRun): Html | string {
  const issue = issueOf(run);
  const more = [...(run.cures ?? []).map((cure) => `cure: ${cure}`), ...(run.hints ?? [])];
  const notes = [
    ...(run.findings ?? []),
    ...(run.manual ?? []).map((text) => `to be looked at by a person: ${text}`),
  ];
  if (issue === '' && more.length === 0 && notes.length === 0) return '';
  return html`<div class="banner">
    ${issue === '' ? '' : html`<p class="issue">${issue}</p>`}
    ${more.map((line) => html`<p class="cure">${line}</p>`)}
    ${notes.map((line) => html`<p>${line}</p>`)}
  </div>`;
}

function factsOf(run: ReportedRun): Html {
  const facts = [
    ['verdict', run.class === null ? run.verdict : `${run.verdict} · ${run.class}`],
    ['target', run.target],
    ...(run.timeScale === 1 ? [] : [['time scale', String(run.timeScale)]]),
    ...(run.version === undefined ? [] : [['version', run.version]]),
    ...(run.milestone === undefined ? [] : [['milestone', run.milestone]]),
    ...(run.when === '' ? [] : [['begun', run.when.replace('T', ' ').replace('Z', ' UTC')]]),
    ...((run.knownDefects ?? []).length === 0
      ? []
      : [['known defects', (run.knownDefects ?? []).join(', ')]]),
  ] as const;
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A row for each step: when it began, how long it took, and whether all its checks held. */
function timelineOf(run: ReportedRun): Html | string {
  const steps = run.steps.filter(({ number, until, from }) => number > 0 || until > from);
  if (steps.length === 0) return '';
  const whole = Math.max(run.seconds, ...steps.map(({ until }) => until)) || 1;
  const percent = (seconds: number): string => ((seconds / whole) * 100).toFixed(2);
  return html`<section>
    <h3>Timeline</h3>
    <ol class="timeline">
      ${steps.map(({ title, from, until, acted, points }) => {
        const ended = !run.well && steps.length === 1 && points.length === 0;
        const red = ended || !points.every(({ ok }) => ok);
        const state = !acted ? 'skipped' : red ? 'red' : 'ok';
        return html`<li class="${state}">
          <span class="label" title="${title}">${title}</span>
          <span class="lane"
            ><i style="left:${percent(from)}%;width:${percent(until - from)}%"></i
          ></span>
          <span class="number">${acted ? duration(until - from) : 'not reached'}</span>
        </li>`;
      })}
    </ol>
  </section>`;
}

function checksOf(run: ReportedRun): Html | string {
  if (pointsIn(run).length === 0) return '';
  return html`<section>
    <h3>Checks</h3>
    <ol class="points">
      ${run.steps.flatMap(({ points, title, number }) =>
        points.length === 0
          ? []
          : [
              html`<li class="step">${number === 0 ? '' : `${number}. `}${title}</li>`,
              ...points.map(pointOf),
            ],
      )}
    </ol>
  </section>`;
}

function pointOf(point: Point): Html {
  const { ok, reason, text, knownDefect } = point;
  const state = ok
    ? 'ok'
    : reason !== undefined
      ? 'skipped'
      : knownDefect !== undefined
        ? 'known'
        : 'red';
  const sign = { ok: '✓', skipped: '–', known: '◆', red: '✗' }[state];
  return html`<li class="${state}">
    <i aria-hidden="true">${sign}</i><span class="what">${text}</span>
    ${state === 'skipped' ? html`<small>not reached</small>` : ''}
    ${state === 'red' || state === 'known' ? whyOf(point) : ''}
  </li>`;
}

/** Expected and actual side by side, and the request as it can be tried again. */
function whyOf({ expected, actual, means, component, knownDefect, request }: Point): Html {
  return html`<div class="why">
    ${
      expected === undefined && actual === undefined
        ? ''
        : html`<div class="pair">
            <div>
              <h4>expected</h4>
              <pre>${expected ?? '–'}</pre>
            </div>
            <div>
              <h4>actual</h4>
              <pre>${actual ?? '–'}</pre>
            </div>
          </div>`
    }
    <p>
      ${component === undefined ? '' : html`<b>${component}</b> `}${means ?? ''}
      ${knownDefect === undefined ? '' : `known defect ${knownDefect}`}
    </p>
    ${request === undefined ? '' : curlOf(request)}
  </div>`;
}
