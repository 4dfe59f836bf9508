import type { AnsweredAction } from '../answers/page.ts';
import type { Endpoint } from '../profile/schema.ts';
import { term, termOf, that } from './condition.ts';
import type { Context } from './context.ts';
import type { CheckAct, Condition, PageAction, PageElement, Term, UiAct } from './acts.ts';
import type { Step } from './model.ts';

/** Name of the reply that a visit gives. */
export const pageReply = 'page';

/** Where the reply to the request that starts the operation stands in what was seen. */
const started = 'start';

/** Seconds of the system: for an element or a text, and for the page and its last replies. */
const forAction = 10;
const forPage = 40;

/** The page that the trigger opens; undefined with a problem noted where nothing serves it. */
export function pageOf(
  context: Context,
): { readonly service: string; readonly path: string; readonly title: string } | undefined {
  const { profile, scenario, problems } = context;
  const { trigger, flow } = scenario.answers;
  if (trigger.kind !== 'ui') return undefined;
  const [first = ''] = flow;
  const service = profile.components[first]?.service ?? first;
  if (!trigger.page.startsWith('/')) return profile.pages[trigger.page];
  if (profile.services[service])
    return { service, path: trigger.page, title: `the page ${trigger.page}` };
  problems.push({
    path: 'flow.0',
    message: `the page ${trigger.page} is served by the first component of the flow, and ${JSON.stringify(first)} is no service`,
    expected: Object.keys(profile.services).join(', '),
  });
  return undefined;
}

/** The visit that the trigger asks for; its reply is {@link pageReply}. */
export function visitAct(context: Context, starter?: Endpoint): UiAct | undefined {
  const { trigger } = context.scenario.answers;
  const page = pageOf(context);
  if (trigger.kind !== 'ui' || !page) return undefined;
  const actions = (trigger.actions ?? []).map((action) => pageActionOf(action, context));
  return {
    kind: 'ui',
    reply: pageReply,
    service: page.service,
    page: page.path,
    actions,
    watch: starter ? [{ name: started, method: starter.method, path: starter.path }] : [],
    texts: [],
    within: forPage + actions.reduce((sum, action) => sum + secondsOf(action), 0),
  };
}

function pageActionOf(action: AnsweredAction, context: Context): PageAction {
  if ('click' in action) return { click: elementOf(action.click) };
  if ('fill' in action) {
    const { value, ...place } = action.fill;
    const element = 'css' in place ? place : { text: folded(place.label) };
    return { fill: { ...element, value: calibrated(value, context) } };
  }
  const { text, within = forAction } =
    typeof action.waitFor === 'string' ? { text: action.waitFor } : action.waitFor;
  return { waitFor: { text: folded(text), within } };
}

function elementOf(target: string | { readonly css: string }): PageElement {
  return typeof target === 'string' ? { text: folded(target) } : target;
}

/** `{symbol}` alone stands for the calibration's parameter, as in a payload. */
function calibrated(value: string, { calibration }: Context): string {
  const name = /^\{([a-z][a-z0-9-]*)\}$/.exec(value)?.[1];
  const found = name === undefined ? undefined : calibration?.parameters[name];
  return found === undefined ? value : String(found);
}

function secondsOf(action: PageAction): number {
  return 'waitFor' in action ? action.waitFor.within : forAction;
}

/** Text as a page shows it: white space folded. */
export function folded(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** The page is there. */
export function opensCheck(act: UiAct): CheckAct {
  return {
    kind: 'check',
    id: 'page-opens',
    text: `the page ${act.page} opens`,
    reply: act.reply,
    at: act.service,
    condition: that('.page.status', 'equals', 200),
  };
}

/** What was to be done on the page was done, and none of its own scripts broke off. */
export function doneChecks(act: UiAct): readonly CheckAct[] {
  const done: CheckAct = {
    kind: 'check',
    id: 'page-used',
    text: `what is done on the page has its effect there: ${act.actions.map(actionInWords).join(', ')}`,
    reply: act.reply,
    at: act.service,
    condition: that('.problem', 'exists', false),
  };
  const unbroken: CheckAct = {
    kind: 'check',
    id: 'page-unbroken',
    text: 'no script of the page breaks off',
    reply: act.reply,
    at: act.service,
    condition: that('.exceptions[0]', 'exists', false),
  };
  return act.actions.length > 0 ? [done, unbroken] : [unbroken];
}

/** An action as a person would say it. */
function actionInWords(action: PageAction): string {
  if ('click' in action) return `click ${inWords(action.click)}`;
  if ('fill' in action)
    return `fill ${inWords(action.fill)} with ${JSON.stringify(action.fill.value)}`;
  return `wait for ${JSON.stringify(action.waitFor.text)}`;
}

function inWords(element: PageElement): string {
  return 'css' in element ? element.css : JSON.stringify(element.text);
}

/** The page asked for the operation exactly once, and it was accepted. */
export function startedCondition({ accepted }: Endpoint): Condition {
  const at = `.asked.${started}`;
  return [
    [
      term(`${at}.times`, { name: 'equals', value: 1 }),
      term(`${at}.status`, { name: 'equals', value: accepted.status }),
      ...accepted.expect
        .map(termOf)
        .map((one): Term => ({ ...one, field: startedField(one.field) })),
    ],
  ];
}

/** Where a field of the starting request's reply stands in what was seen. */
export function startedField(path: string): string {
  return `.asked.${started}.body${path === '.' ? '' : path}`;
}

/** The steps with another visit in the place of theirs. */
export function withVisit(steps: readonly Step[], change: (act: UiAct) => UiAct): readonly Step[] {
  return steps.map((step) => ({
    ...step,
    acts: step.acts.map((act) => (act.kind === 'ui' ? change(act) : act)),
  }));
}
