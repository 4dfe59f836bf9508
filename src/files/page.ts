import type { UiAct } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import { unsealed } from './hash.ts';

/** Name of the file beside the script that drives a browser. */
export const pageFile = 'ui.mjs';

/** The visit to a page that the scenario makes, if it makes one. */
export function visitOf(scenario: Resolved): UiAct | undefined {
  return scenario.steps.flatMap(({ acts }) => acts).find((act) => act.kind === 'ui');
}

/** What the template of {@link pageFile} prints: all that was typed stands in it as JSON, which JavaScript reads as data. */
export function pageView(scenario: Resolved, visit: UiAct): object {
  return {
    title: scenario.name.replaceAll(/\s+/gu, ' '),
    id: scenario.id,
    page: literal(visit.page),
    actions: list(visit.actions),
    watch: list(visit.watch),
    texts: list(visit.texts),
    hash: unsealed,
  };
}

/** A list with a line for each item. */
function list(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((one) => `  ${literal(one)},\n`).join('')}]`;
}

/** U+2028 and U+2029 end a line for some readers of JavaScript. */
function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
