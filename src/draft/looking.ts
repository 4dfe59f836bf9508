import type { Profile } from '../profile/schema.ts';
import type { Read } from '../shell/command.ts';
import type { Check } from './checks.ts';
import type { Sentence } from './material.ts';

type Kind<K extends Read['kind']> = Extract<Read, { readonly kind: K }>;
type Made = Pick<Check, 'findings'> & Pick<Check, 'outcome'>;

const nothing =
  /\b(?:nothing|no (?:output|match(?:es)?|results?|lines?|entr(?:y|ies))|not (?:be )?(?:found|appear|there)|empty|absent|none)\b/i;

/** What a comment right before a search says of it. */
const shouldNot = /\b(?:should|must|may) (?:not|never|NOT)\b|\bnever\b|\bmust be empty\b/i;

/** A search in a log as an outcome. A comment behind it, or right before it, says whether the line should be there. */
export function logCheck(
  command: Kind<'log'>,
  said: readonly Sentence[],
  ids: ReadonlySet<string>,
  profile: Profile,
): Made {
  const service = serviceOf(command, profile);
  const name = command.service ?? command.file ?? 'all services';
  if (service === undefined)
    return { findings: [{ line: command.line, message: `the profile knows no log of ${name}` }] };
  const [pattern, ...more] = command.patterns;
  if (!pattern) return { findings: [] };
  const isAbsent =
    command.negated ||
    said.some(
      (one) =>
        (isBehind(one, command) && nothing.test(one.text)) ||
        (one.line === command.line - 1 && shouldNot.test(one.text)),
    );
  // An expression is compared as it stands: nothing can be filled into it.
  const held = pattern.isRegex ? pattern.text.replace(/(?:\.\*)?\$\{\w+\}$/, '') : pattern.text;
  const { text, open } = withIds(held, ids);
  const isRegex = pattern.isRegex && /[*+?^$|\\[]/.test(text);
  const lost = [
    ...(held === pattern.text ? [] : [pattern.text.slice(held.length)]),
    ...more.map((one) => one.text),
  ];
  const findings = lost.map((one) => ({
    line: command.line,
    message: `of the search in the log ${JSON.stringify(one)} is not kept: a check looks for one text, or one expression without a value in it`,
  }));
  if (open !== undefined)
    return { findings: [{ line: command.line, message: `nothing in the scenario holds ${open}` }] };
  if (isAbsent)
    return isRegex || more.length > 0
      ? {
          findings: [
            {
              line: command.line,
              message: 'that an expression matches nothing is no check yet; name the text',
            },
          ],
        }
      : { outcome: { log: { service, absent: text } }, findings: [] };
  return {
    outcome: { log: isRegex ? { service, matches: text } : { service, present: text } },
    findings,
  };
}

/** Whether a sentence only says that the search of a log right before it finds nothing. */
export function saysNothing(sentence: Sentence, commands: readonly Read[]): boolean {
  return (
    nothing.test(sentence.text) &&
    commands.some((one) => one.kind === 'log' && isBehind(sentence, one))
  );
}

function isBehind({ line }: Sentence, command: Read): boolean {
  return line > command.line && line <= command.endLine + 1;
}

/** The service whose log a command reads; undefined where the profile has none of that name. */
export function serviceOf(
  { service, file }: Pick<Kind<'log'>, 'service' | 'file'>,
  { services }: Profile,
): string | undefined {
  return Object.entries(services).find(([name, { log }]) => {
    const [kind, place = ''] = log?.default.split(/:(.*)/s) ?? [];
    if (file !== undefined)
      return kind === 'file' && place.split('/').at(-1) === file.split('/').at(-1);
    if (service === undefined) return false;
    return log !== undefined && (name === service || (kind === 'compose' && place === service));
  })?.[0];
}

function withIds(
  text: string,
  ids: ReadonlySet<string>,
): { readonly text: string; readonly open?: string } {
  const open = [...text.matchAll(/\$\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .find((name) => !ids.has(name));
  return {
    text: text.replaceAll(/\$\{\w+\}/g, '{id}'),
    ...(open === undefined ? {} : { open: `\${${open}}` }),
  };
}

/** A look at files as an outcome. */
export function fileCheck({ paths, line }: Kind<'file'>): Made {
  const [path = ''] = paths;
  if (/^[\w.][\w./-]*$/.test(path))
    return { outcome: { file: { path, exists: true } }, findings: [] };
  const why = /^[~/]/.test(path)
    ? 'is a place of one machine'
    : 'depends on what the shell fills in';
  return {
    findings: [{ line, message: `the file ${path} ${why}; name it from the project's root` }],
  };
}
