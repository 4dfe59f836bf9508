import type { Answers } from '../answers/schema.ts';
import type { Operation } from '../profile/schema.ts';

const starting = /^(.*?)\b(?:starts?|started|begins?)(?: (?:successfully|immediately|at once))?$/i;
const ending = /^(.*?)\b(?:completes?|completed|finishes|finished)(?: successfully| normally)?$/i;
const cancelled =
  /^(.*?)\b(?:(?:is|was|gets) )?cancell?ed(?: successfully| gracefully)?$|^(?:the )?(?:response (?:indicates|confirms|shows) )?cancellation (?:is |was )?(?:accepted|confirmed)$/i;
const advancing =
  /^(?:the )?(?:progress|percentage)(?: percentage| updates?)? (?:increases|advances|grows|updates|updated|visible|is visible|increasing)(?: (?:over|across|between|during|with each) (?:the )?(?:\w+ )?(?:polls?|time|looks|execution|run))?:?$/i;
const itself =
  /^(?:the |this )?(?:integration|e2e|end-to-end|smoke|scenario) (?:test|scenario|validation) (?:passes|passed|succeeds|is green)$/i;
const states =
  /^(?:final |end |operation )?(?:status|state)\s*(?:[:=]+|is|changes?|transitions?(?: from)?|goes(?: from)?)\s*(.+)$/i;

/** The check of the playbook that says a sentence already, in words; undefined where none does, or where it speaks of something else. */
export function playbookSays(
  sentence: string,
  { category, domain, outcome }: Answers,
  operation: Operation | undefined,
): string | undefined {
  const text = plainly(sentence);
  const [first] = outcome;
  const refused = first && 'response' in first ? first.response.status : undefined;
  const not = /^not (?:HTTP )?([1-5]\d\d)(?: with \w+)?$/i.exec(text)?.[1];
  if (category === 'error' && typeof refused === 'number' && not !== undefined)
    return Number(not) === refused ? undefined : `it is refused with status ${refused}`;
  if (itself.test(text)) return 'it is this scenario';
  if (!operation) return undefined;
  const isIts = (subject = ''): boolean => {
    const own = new Set(
      `operation it the job run ${operation.title} ${domain}`.toLowerCase().split(/[\s-]+/),
    );
    return subject
      .trim()
      .toLowerCase()
      .split(/[\s-]+/)
      .every((word) => word === '' || own.has(word));
  };
  if (idNamed(text, operation)) return 'the id of what was started is taken from the reply';
  const start = starting.exec(text);
  if (start && isIts(start[1])) return 'it is seen running';
  const isCompleted = category !== 'cancellation' && category !== 'error';
  const end = isCompleted ? ending.exec(text) : undefined;
  if (end && isIts(end[1])) return 'it is waited for until it is completed';
  const stop = category === 'cancellation' ? cancelled.exec(text) : undefined;
  if (stop && isIts(stop[1])) return 'the cancel is accepted, and the state follows it';
  if (category === 'progress' && advancing.test(text))
    return 'the progress is watched: it grows and never falls';
  return passes(states.exec(text)?.[1], isCompleted, operation);
}

/** A sentence without the reason in parentheses, marks and the full stop. */
export function plainly(sentence: string): string {
  return sentence
    .replaceAll(/[*`"“”]/g, '')
    .replace(/^[-\s✅☐]+/u, '')
    .replaceAll(/\s*\([^)]*\)/g, '')
    .replace(/(?:\s+[-–—]+\s.*)?[\s.✅]*$/u, '')
    .trim();
}

/** `operation_id returned`, `returns an operation id`. */
function idNamed(text: string, { id }: Operation): boolean {
  const name = /(\w+)$/.exec(id.path)?.[1]?.replaceAll('_', '[ _]') ?? '';
  return new RegExp(
    `^(?:(?:the )?(?:response|reply|api|post|it) )?(?:returns?|return|contains?|includes?|has) (?:an? |the )?(?:valid )?${name}$|^(?:the )?${name} (?:is )?(?:returned|present|extracted|captured)$`,
    'i',
  ).test(text);
}

/** `running → completed`: each a state that it passes through, the last the one that it ends in. */
function passes(
  said: string | undefined,
  isCompleted: boolean,
  { state }: Operation,
): string | undefined {
  const named = said
    ?.toLowerCase()
    .split(/\s*(?:→|->|=>|,|\bto\b|\bthen\b)\s*/)
    .filter((one) => one !== '');
  const last = named?.at(-1);
  if (!named || last === undefined || named.length < 2 || !isCompleted) return undefined;
  const passed = new Set<string>([...state.waiting, ...state.running]);
  return state.completed.some((one) => one === last) &&
    named.slice(0, -1).every((one) => passed.has(one))
    ? `${named.join(', then ')}: it is seen running, and waited for until it is ${last}`
    : undefined;
}
