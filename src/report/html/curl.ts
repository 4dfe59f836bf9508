import { html } from 'hono/html';
import type { Html } from './kinds.ts';

/** A request that can be copied. */
export function curlOf(request: string): Html {
  return html`<div class="curl">
    <code>${request}</code><button type="button" class="copy">copy as curl</button>
  </div>`;
}
