import { html, raw } from 'hono/html';
import { detailsOf } from './html/details.ts';
import { matrixOf } from './html/matrix.ts';
import { kindOf, kinds, type Html, type Kind } from './html/kinds.ts';
import { finalRuns, type Report, type ReportedRun } from './run.ts';
import { clean, duration } from './text.ts';

/** What the page is made with. */
export interface PageParts {
  readonly style: string;
  readonly script: string;
  /** From the page to the folder in which the runs' folders are named. */
  readonly toFolders: string;
}

/** The runs as one page that needs nothing else: no network, and no script to be read. What is red comes first. */
export async function htmlReport(report: Report, parts: PageParts): Promise<string> {
  const runs = report.runs.toSorted((left, right) => rank(left) - rank(right));
  const counted = finalRuns(report.runs);
  const good = counted.filter(({ well }) => well).length;
  const red = runs.filter(({ well }) => !well).length;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>
          ${good === counted.length ? '✅' : '❌'} ${good} of ${counted.length} · ${report.project}
        </title>
        <style>
          ${raw(parts.style)}
        </style>
      </head>
      <body>
        <header>
          <div>
            <p class="project">${report.project}</p>
            <h1>
              <b>${good}</b> of ${counted.length} ${counted.length === 1 ? 'scenario' : 'scenarios'}
              green
            </h1>
            <p class="meta">
              ${report.nothing === undefined ? metaOf(counted) : `nothing to run: ${report.nothing}`}
            </p>
          </div>
          <button class="theme" type="button" title="Light or dark" aria-label="Light or dark">
            ◐
          </button>
        </header>
        ${barOf(counted)}
        <section class="matrix" aria-label="Verdicts by domain and category">
          ${matrixOf(counted)}
        </section>
        <nav>
          <input type="search" placeholder="Filter by name, domain, text…" aria-label="Filter" />
          ${chipsOf(runs)}
          <span class="shown" aria-live="polite"></span>
        </nav>
        <main>
          ${runs.map((run, index) => detailsOf(run, parts.toFolders, !run.well && red <= 3 && index < 3))}
        </main>
        <footer>Made by new-scenario from the events of each run.</footer>
        <script>
          ${raw(parts.script)};
        </script>
      </body>
    </html>`;
  return `${clean(String(await page))}\n`;
}

/** Red first, in the order of their weight; else as they were run. */
function rank(run: ReportedRun): number {
  return Object.keys(kinds).indexOf(kindOf(run));
}

function metaOf(runs: readonly ReportedRun[]): string {
  const when = runs
    .map((run) => run.when)
    .filter((one) => one !== '')
    .toSorted()[0];
  const targets = [...new Set(runs.map(({ target }) => target))].filter((one) => one !== 'unknown');
  const versions = [...new Set(runs.flatMap(({ version }) => version ?? []))];
  return [
    ...(when === undefined ? [] : [when.replace('T', ' ').replace('Z', ' UTC')]),
    ...targets,
    ...(versions.length === 0 ? [] : [`version ${versions.join(', ')}`]),
    `${duration(runs.reduce((sum, { seconds }) => sum + seconds, 0))} of runs`,
  ].join(' · ');
}

function countsOf(runs: readonly ReportedRun[]): readonly (readonly [Kind, number])[] {
  return (Object.keys(kinds) as Kind[]).flatMap((kind) => {
    const count = runs.filter((run) => kindOf(run) === kind).length;
    return count === 0 ? [] : [[kind, count] as const];
  });
}

function barOf(runs: readonly ReportedRun[]): Html {
  return html`<div class="bar" role="img" aria-label="Share of each verdict">
    ${countsOf(runs).map(
      ([kind, count]) =>
        html`<i class="k-${kind}" style="flex-grow:${count}" title="${count} ${kind}"></i>`,
    )}
  </div>`;
}

function chipsOf(runs: readonly ReportedRun[]): Html {
  return html`<span class="chips"
    >${countsOf(runs).map(
      ([kind, count]) =>
        html`<button type="button" class="chip k-${kind}" data-kind="${kind}" aria-pressed="false">
          <i>${kinds[kind]}</i> ${kind} <b>${count}</b>
        </button>`,
    )}</span
  >`;
}
