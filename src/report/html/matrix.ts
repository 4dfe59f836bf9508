import { html } from 'hono/html';
import { titleOf, type ReportedRun } from '../run.ts';
import { duration } from '../text.ts';
import { anchorOf, kindOf, kinds, type Html } from './kinds.ts';

const order = ['smoke', 'progress', 'cancellation', 'error', 'integration'];

/** Domains down, categories across; a tile for each run, coloured by its verdict, that leads to it. */
export function matrixOf(runs: readonly ReportedRun[]): Html {
  const domains = [...new Set(runs.map(({ domain }) => domain))];
  const categories = [...new Set(runs.map(({ category }) => category))].toSorted(
    (left, right) => place(left) - place(right),
  );
  return html`<table>
    <thead>
      <tr>
        <td></td>
        ${categories.map((one) => html`<th scope="col">${one || 'unknown'}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${domains.map(
        (domain) =>
          html`<tr>
            <th scope="row">${domain || 'unknown'}</th>
            ${categories.map(
              (category) =>
                html`<td>
                  ${runs.filter((run) => run.domain === domain && run.category === category).map(tileOf)}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function place(category: string): number {
  const at = order.indexOf(category);
  return at === -1 ? order.length : at;
}

function tileOf(run: ReportedRun): Html {
  const kind = kindOf(run);
  return html`<a
    class="tile k-${kind}"
    href="#${anchorOf(run)}"
    title="${titleOf(run)}: ${kind}, ${duration(run.seconds)}"
    ><span aria-hidden="true">${kinds[kind]}</span></a
  >`;
}
