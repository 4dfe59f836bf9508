import type { PointAct } from '../scenario/acts.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { plainly } from './playbook-says.ts';

/** What people write in sentences that they all put alike, and the point that judges it. */
interface Spoken {
  /** Of which category a playbook has that point; absent: of all. */
  readonly category?: Resolved['category'];
  /** The sentence in lower case as a regular expression; `{domain}` is the scenario's. */
  readonly said: string;
  /** @param named what the sentence names in its first group */
  readonly is: (point: PointAct, named: string | undefined) => boolean;
}

const it = '(?:the )?(?:it|operation|job|run|task|{domain})';
const another = '(?:an? |the )?(?:new|another|second|next) (?:operation|job|run|task|{domain})s?';
const cancelled = 'cancell?ed|failed';

const sentences: readonly Spoken[] = [
  {
    said: '(?:there (?:are|were) )?no errors? (?:in|appear in) (?:the |any )?(?:([\\w-]+) )?logs?',
    is: (point, service) =>
      point.kind === 'log' &&
      point.look.name === 'clean' &&
      [undefined, point.service].includes(service),
  },
  {
    category: 'cancellation',
    said: `(?:${it} )?(?:is |was )?(?:actually |really |still )?running(?: (?:before|when) (?:the )?cancel\\w*| after \\d+ ?s(?:econds)?)?`,
    is: ({ id }) => id === 'mid-way',
  },
  {
    category: 'cancellation',
    said: `(?:operation |final |the )*status (?:changes to|becomes|is|transitions to) (?:${cancelled})(?:(?:/| or )(?:${cancelled}))*`,
    is: ({ id }) => id === 'ends',
  },
  {
    category: 'cancellation',
    said: '(?:the )?(?:progress|percentage) (?:stops?(?: increasing| advancing)?|(?:is )?frozen|does not (?:increase|advance|change))(?: (?:after|at|upon) (?:the )?cancel\\w*(?: point)?)?',
    is: ({ id }) => id === 'progress-stops',
  },
  {
    category: 'cancellation',
    said: `${another} (?:can )?(?:starts?|be started|begins?)(?: (?:successfully|immediately|without errors?))?(?: after(?:wards| cancel\\w*)?)?`,
    is: ({ id }) => id === 'runs-again',
  },
];

/** The text of the point that judges what a sentence says; undefined where only a person knows. */
export function spokenOf(
  sentence: string,
  { id, category, steps }: Pick<Resolved, 'id' | 'category' | 'steps'>,
): string | undefined {
  const [domain = ''] = id.split('/');
  const text = plainly(sentence).toLowerCase();
  return sentences
    .filter((one) => one.category === undefined || one.category === category)
    .flatMap(({ said, is }) => {
      const found = new RegExp(`^${said.replaceAll('{domain}', domain)}$`).exec(text);
      return found ? pointsOf(steps).filter(({ point }) => is(point, found[1])) : [];
    })[0]?.point.text;
}
