import { html } from 'hono/html';
import type { Excerpt, ReportedRun } from '../run.ts';
import { curlOf } from './curl.ts';
import type { Html } from './kinds.ts';

/** What a person would have seen: pictures of pages, within the report itself. */
export function picturesIn(run: ReportedRun): Html | string {
  const shown = run.evidence.filter(({ picture }) => picture !== undefined);
  if (shown.length === 0) return '';
  return html`<section>
    <h3>Page</h3>
    ${shown.map(
      ({ name, picture }) =>
        html`<figure class="picture">
          <img
            src="data:image/png;base64,${picture}"
            alt="the page in the end (${name})"
            loading="lazy"
          />
        </figure>`,
    )}
  </section>`;
}

/** What was kept of a run, step by step: requests as they can be copied, and the beginning of each file. */
export function evidenceIn(run: ReportedRun, toFolders: string): Html | string {
  if (run.folder === '') return '';
  const folder = [toFolders, run.folder].filter((part) => part !== '').join('/');
  const groups = [...new Set(run.evidence.map(stemOf))];
  return html`<section>
    <h3>Evidence</h3>
    <p class="folder"><a href="${encodeURI(folder)}/">${run.folder}</a></p>
    ${groups.map((stem) =>
      groupOf(
        stem,
        run.evidence.filter((one) => stemOf(one) === stem),
      ),
    )}
  </section>`;
}

function stemOf({ name }: Excerpt): string {
  return name.slice(0, name.lastIndexOf('.'));
}

function groupOf(stem: string, files: readonly Excerpt[]): Html {
  const request = files.find(({ name }) => name.endsWith('.request'))?.head;
  const others = files.filter(({ name }) => !name.endsWith('.request'));
  return html`<details class="kept">
    <summary>
      ${stem}<small>${others.map(({ name }) => name.slice(stem.length + 1)).join(' · ')}</small>
    </summary>
    ${request === undefined ? '' : curlOf(request.trim())} ${others.map(excerptOf)}
  </details>`;
}

function excerptOf({ name, bytes, head }: Excerpt): Html {
  const cut = head !== undefined && bytes > head.length ? ', its beginning' : '';
  return html`<h4>${name} <small>${sizeOf(bytes)}${cut}</small></h4>
    ${head === undefined || head === '' ? '' : html`<pre>${head}</pre>`}`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000
    ? `${(bytes / 1_000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
