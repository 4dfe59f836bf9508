import type { Answers, Outcome, Trigger } from '../answers/schema.ts';
import type { AnsweredAction } from '../answers/page.ts';
import type { Profile } from '../profile/schema.ts';
import { comparisonsOf, type Json } from '../scenario/comparators.ts';
import { comparisonInWords } from '../scenario/condition.ts';

/** An outcome as a person would say it: `.data.status becomes cancelled or failed`. */
export function outcomeInWords(outcome: Outcome, category?: Answers['category']): string {
  if ('state' in outcome) {
    const stays = category === 'cancellation' ? ', and stays so' : '';
    return `${outcome.state.path} ${compared(outcome.state, 'becomes')}${stays}`;
  }
  if ('response' in outcome) return responseInWords(outcome.response);
  if ('log' in outcome) {
    const { service, present, absent, matches } = outcome.log;
    if (present !== undefined) return `the log of ${service} holds ${quoted(present)}`;
    if (absent !== undefined) return `the log of ${service} does not hold ${quoted(absent)}`;
    return `a line of the log of ${service} matches ${quoted(matches ?? '')}`;
  }
  if ('file' in outcome) {
    const { path, newer, minBytes } = outcome.file;
    const size = minBytes === undefined ? '' : `, at least ${minBytes} bytes`;
    return `the file ${path} ${newer ? 'was written by this run' : 'is there'}${size}`;
  }
  if ('cli' in outcome) {
    const { exitCode, stdout } = outcome.cli;
    return [
      ...(exitCode === undefined ? [] : [`it exits with ${exitCode}`]),
      ...(typeof stdout === 'string' ? [`it prints ${quoted(stdout)}`] : []),
    ].join(' and ');
  }
  if ('anyOf' in outcome) {
    return outcome.anyOf
      .map((one) => (Array.isArray(one) ? one : [one]).map((part) => outcomeInWords(part)))
      .map((parts) => parts.join(' and '))
      .join(', or else ');
  }
  if ('database' in outcome)
    return `the database answers ${quoted(outcome.database.query)} as it should`;
  if ('ui' in outcome) return seenInWords(outcome.ui);
  const text = typeof outcome.manual === 'string' ? outcome.manual : outcome.manual.text;
  return `a person sees: ${text}`;
}

/** All outcomes in one line. */
export function outcomesInWords(
  outcomes: readonly Outcome[],
  category?: Answers['category'],
): string {
  return outcomes.map((one) => outcomeInWords(one, category)).join('; ');
}

/** A trigger in words: `POST /orders (orders.place)`. */
export function triggerInWords(trigger: Trigger, profile: Profile): string {
  if (trigger.kind === 'cli') {
    return typeof trigger.command === 'string' ? trigger.command : trigger.command.join(' ');
  }
  if (trigger.kind === 'ui') {
    const done = (trigger.actions ?? []).map(actionInWords);
    return [`the page ${trigger.page}`, ...done].join(', ');
  }
  const { endpoint: name, params = {} } = trigger;
  const endpoint = name === undefined ? undefined : profile.endpoints[name];
  const filled = Object.entries(params).map(([key, value]) => `${key} ${value}`);
  const changed = [
    ...filled,
    ...(trigger.omit ? [`without ${trigger.omit.join(', ')}`] : []),
    ...(trigger.body ? [`with ${JSON.stringify(trigger.body)}`] : []),
    ...(trigger.payload === undefined ? [] : [`with the body ${JSON.stringify(trigger.payload)}`]),
  ].join(', ');
  const what = endpoint
    ? `${endpoint.method} ${endpoint.path} (${name})`
    : `${trigger.method ?? 'GET'} ${trigger.path ?? '/'}`;
  return changed === '' ? what : `${what}, ${changed}`;
}

/** What is done on a page, in words. */
export function actionInWords(action: AnsweredAction): string {
  if ('click' in action)
    return `click ${typeof action.click === 'string' ? quoted(action.click) : action.click.css}`;
  if ('fill' in action) {
    const { value, ...place } = action.fill;
    return `fill ${'css' in place ? place.css : quoted(place.label)} with ${quoted(value)}`;
  }
  const { waitFor } = action;
  return `wait for ${quoted(typeof waitFor === 'string' ? waitFor : waitFor.text)}`;
}

function seenInWords({ text, request }: Extract<Outcome, { ui: unknown }>['ui']): string {
  const shown =
    text === undefined
      ? []
      : typeof text === 'object' && 'absent' in text
        ? [`the page does not show ${quoted(text.absent)}`]
        : [`the page shows ${quoted(typeof text === 'string' ? text : text.present)}`];
  const asked = request ? [`it requests ${request.method ?? 'GET'} ${request.path}`] : [];
  return [...shown, ...asked].join(' and ');
}

function responseInWords(response: Extract<Outcome, { response: unknown }>['response']): string {
  const { status, path } = response;
  return [
    ...(status === undefined ? [] : [`the reply has status ${[status].flat().join(' or ')}`]),
    ...(path === undefined ? [] : [`${path} ${compared(response, 'is')} in the reply`]),
  ].join(' and ');
}

function compared(source: { readonly [key: string]: unknown }, verb: string): string {
  const said = comparisonsOf(source).map((comparison) => {
    const { name, value } = comparison;
    if (name === 'equals') return `${verb} ${plain(value)}`;
    if (name === 'in' && Array.isArray(value)) return `${verb} ${value.map(plain).join(' or ')}`;
    if (name === 'exists') return value === true ? 'is there' : 'is not there';
    return comparisonInWords(comparison);
  });
  return said.join(' and ');
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
