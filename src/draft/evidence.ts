import type { Profile } from '../profile/schema.ts';
import type { Read } from '../shell/command.ts';
import type { Link } from './links.ts';
import type { Material, Sentence } from './material.ts';
import { isCancel } from './start.ts';
import { serviceOf } from './looking.ts';

/** What the commands and sentences of a document show of its category; each with the line that shows it, 1-based. */
export interface Evidence {
  /** A request or command that cancels. */
  readonly cancels?: number;
  /** A sentence behind the trigger that has it refused. */
  readonly refused?: number;
  /** What is expected says nothing of a refusal: the trigger itself goes well. */
  readonly accepted?: true;
  /** A loop that looks at the progress, or a sentence that has it grow. */
  readonly watches?: number;
  /** The services that are asked or whose logs are read. */
  readonly services: readonly string[];
}

const cancelling = /^(?:cancel|abort)$/i;
const progress = /\b(?:progress|percentage|percent|pct)\b/i;
const growing =
  /\b(?:increas\w*|advanc\w*|updat\w*|across polls|over (?:time|polls)|visible|monoton\w*|grows?|real[- ]time|live)\b/i;
const refusal =
  /\b(?:HTTP|status(?: code)?|returns?|response(?: code)?|exit code)?\s*[:=]?\s*`?(?:4\d\d|5\d\d)\b(?!\s*(?:ms|bars|rows|s\b|%|samples))|\b(?:is|are|be|gets?) (?:rejected|refused)\b|\breject(?:s|ed)? (?:the|with)\b/i;

/** Reads the evidence; the trigger is the command `start`, where one was found. */
export function evidenceIn(
  { commands, expectations }: Pick<Material, 'commands' | 'expectations'>,
  links: readonly Link[],
  start: Read | undefined,
  profile: Profile,
): Evidence {
  const paths = new Set(Object.values(profile.operations).map((one) => one.progress.path));
  const cancel = commands.find((one) => cancels(one, links, profile));
  const refused = start && expectations.find((one) => isRefused(one, start, commands));
  const watch =
    commands.find(
      (one) =>
        one.kind === 'poll' &&
        // A loop that ends with the operation waits for its end.
        !/\b(?:break|until|exit|return)\b/.test(one.text) &&
        one.looks.paths.some(
          ({ path, label }) => paths.has(path) || progress.test(`${path} ${label}`),
        ),
    ) ?? expectations.find(({ text }) => progress.test(text) && growing.test(text));
  const services = commands.flatMap((one) => {
    const service =
      links.find(({ command }) => command === one)?.located.service ??
      (one.kind === 'log' ? serviceOf(one, profile) : undefined);
    return service === undefined ? [] : [service];
  });
  return {
    ...(cancel && { cancels: cancel.line }),
    ...(refused && { refused: refused.line }),
    ...(!refused && expectations.length > 0 && { accepted: true as const }),
    ...(watch && { watches: watch.line }),
    services: [...new Set(services)],
  };
}

function cancels(command: Read, links: readonly Link[], profile: Profile): boolean {
  if (command.kind === 'own')
    return command.argv.slice(1, 4).some(({ text }) => cancelling.test(text));
  const link = links.find((one) => one.command === command);
  return (
    link !== undefined &&
    (isCancel(link.located.endpoint?.name, profile) ||
      link.request.path.split('/').some((part) => cancelling.test(part)))
  );
}

/** Whether a sentence stands behind the trigger, before anything else is sent, and has it refused. */
function isRefused({ line, text }: Sentence, start: Read, commands: readonly Read[]): boolean {
  if (!refusal.test(text) || /^\W*(?:not|no|never|if|when)\b/i.test(text)) return false;
  const acts = commands.filter(({ kind }) => /^(?:request|poll|own)$/.test(kind));
  return acts.length === 1 || acts.findLast((one) => one.line <= line) === start;
}
