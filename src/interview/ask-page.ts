import type { AnsweredAction } from '../answers/page.ts';
import type { Trigger } from '../answers/schema.ts';
import type { Draft } from './answers-so-far.ts';
import type { Ask } from './ask.ts';
import { actionInWords } from './outcome-words.ts';
import { problemWith } from './problem.ts';
import type { Session } from './session.ts';

type PageTrigger = Extract<Trigger, { kind: 'ui' }>;

/** A page that a browser opens: which one, what is done there one thing after the other, and what that starts. */
export async function askPage(ask: Ask, draft: Draft, session: Session): Promise<Trigger> {
  const page = await askWhich(ask, draft, session);
  const actions = await askActions(ask, page, [], session);
  const starts = await askStarts(ask, draft, session);
  return {
    kind: 'ui',
    page,
    ...(actions.length === 0 ? {} : { actions: [...actions] }),
    ...(starts === undefined ? {} : { starts }),
  };
}

async function askWhich(ask: Ask, { trigger }: Draft, session: Session): Promise<string> {
  const known = Object.entries(session.profile.pages).map(([value, { path, title }]) => ({
    value: value as string | undefined,
    name: `${path} · ${title}`,
    short: `${path} (${value})`,
  }));
  const picked =
    known.length === 0
      ? undefined
      : await ask.choose({
          label: 'Page',
          choices: [...known, { value: undefined, name: 'another path…', short: 'typed:' }],
        });
  if (picked !== undefined) return picked;
  return ask.type({
    label: 'Page',
    hint: 'its path, such as /orders; it is asked of the first service of the flow',
    prefill: trigger?.kind === 'ui' ? trigger.page : '',
    check: (typed) => problemWith('trigger', { kind: 'ui', page: typed }, session),
  });
}

async function askActions(
  ask: Ask,
  page: string,
  before: readonly AnsweredAction[],
  session: Session,
): Promise<readonly AnsweredAction[]> {
  const last = before.at(-1);
  const how = await ask.choose<'click' | 'fill' | 'waitFor' | 'none' | 'back'>({
    label: before.length === 0 ? 'There' : 'Then',
    hint: 'what does a person do on the page?',
    choices: [
      { value: 'click', name: 'click a button or link…', short: 'click' },
      { value: 'fill', name: 'fill a field…', short: 'fill' },
      { value: 'waitFor', name: 'wait for a text…', short: 'wait for' },
      { value: 'none', name: before.length === 0 ? 'only look at it' : 'that is all' },
      ...(last === undefined
        ? []
        : [{ value: 'back' as const, name: `without: ${actionInWords(last)}` }]),
    ],
    selected: before.length === 0 ? 0 : 3,
  });
  if (how === 'none') return before;
  if (how === 'back') return askActions(ask, page, before.slice(0, -1), session);
  return askActions(ask, page, [...before, await askAction(how, ask, page, session)], session);
}

async function askAction(
  how: 'click' | 'fill' | 'waitFor',
  ask: Ask,
  page: string,
  session: Session,
): Promise<AnsweredAction> {
  const typed = (label: string, hint: string, actionOf: (text: string) => AnsweredAction) =>
    ask.type({
      label,
      hint,
      check: (text) =>
        problemWith(
          'trigger',
          { kind: 'ui', page, actions: [actionOf(text)] } satisfies PageTrigger,
          session,
        ),
    });
  if (how === 'waitFor') {
    const waited = (text: string): AnsweredAction => ({ waitFor: text });
    return waited(await typed('Text', 'as a person reads it on the page', waited));
  }
  if (how === 'click') {
    const clicked = (text: string): AnsweredAction => ({
      click: isCss(text) ? { css: text } : text,
    });
    return clicked(await typed('Click', 'its name as a person reads it, or #its-id', clicked));
  }
  const filled = (place: string, value: string): AnsweredAction => ({
    fill: isCss(place) ? { css: place, value } : { label: place, value },
  });
  const place = await typed('Field', 'its label as a person reads it, or #its-id', (text) =>
    filled(text, ''),
  );
  const value = await typed('Value', 'what is typed there', (text) => filled(place, text));
  return filled(place, value);
}

/** `#start` is what a person types for an element that has no name to read. */
function isCss(text: string): boolean {
  return /^#[A-Za-z][\w-]*$/.test(text);
}

async function askStarts(
  ask: Ask,
  { domain }: Draft,
  { profile }: Session,
): Promise<string | undefined> {
  const starting = Object.entries(profile.endpoints).filter(([, one]) => one.starts !== undefined);
  const ordered = starting.toSorted(
    ([, a], [, b]) => Number(b.domain === domain) - Number(a.domain === domain),
  );
  return ask.choose<string | undefined>({
    label: 'Starts',
    hint: 'does it start something that takes a while?',
    choices: [
      ...ordered.map(([value, { title }]) => ({
        value,
        name: `${title} · ${value}`,
        short: value,
      })),
      { value: undefined, name: 'nothing that takes a while' },
    ],
  });
}
