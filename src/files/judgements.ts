import type {
  AnyAct,
  AnyPart,
  CheckAct,
  Condition,
  FileAct,
  LogAct,
  RequireAct,
  SeriesAct,
} from '../scenario/acts.ts';
import type { Step } from '../scenario/model.ts';
import { capturesIn, same } from '../scenario/condition.ts';
import { quoted } from '../shell/quote.ts';
import { filledWords, variableOf, word } from './bash-words.ts';
import { jqOf, seriesJq } from './jq.ts';

/** The judgements of a step: one jq per reply, so that the last line tells of all of them. */
export function verdictsOf(step: Step, captured: ReadonlySet<string>): readonly string[] {
  const byReply = new Map<string, string[]>();
  const captures = new Map<string, Set<string>>();
  const lines: string[] = [];
  const judge = (reply: string, condition: Condition): void => {
    byReply.set(reply, [...(byReply.get(reply) ?? []), bracketed(condition)]);
    captures.set(reply, new Set([...(captures.get(reply) ?? []), ...capturesIn(condition)]));
  };
  const others = new Set<string>();
  for (const act of step.acts) {
    // What is known to be wrong would make every line of a reader's shell say false.
    if ('defect' in act && act.defect !== undefined) continue;
    if (act.kind === 'check' || act.kind === 'guard' || act.kind === 'require')
      judgeReply(act, judge, others);
    // A hold on the same condition tells of its poll too.
    const held = step.acts.some(
      (other) => other.kind === 'hold' && act.kind === 'poll' && same(other.while, act.until),
    );
    if (act.kind === 'poll' && !held) judge(act.reply, act.until);
    if (act.kind === 'hold') judge(act.reply, act.while);
    if (act.kind === 'capture')
      judge(act.reply, [
        [
          {
            field: act.field,
            comparisons: [
              act.matches === undefined
                ? { name: 'exists', value: true }
                : { name: 'matches', value: act.matches },
            ],
          },
        ],
      ]);
    if (act.kind === 'any') others.add(anyLine(act, captured));
    if (act.kind === 'series') others.add(seriesLine(act));
    if (act.kind === 'log') for (const one of logLines(act, captured)) others.add(one);
    if (act.kind === 'file') others.add(fileLine(act));
    if (act.kind === 'script') others.add(`bash ${quoted(`./${act.file}`)}`);
  }
  for (const [reply, conditions] of byReply) {
    const args = [...(captures.get(reply) ?? [])]
      .map((name) => ` --arg ${name} "$${variableOf(name)}"`)
      .join('');
    lines.push(
      `jq -es${args} ${quoted([...new Set(conditions)].join(' and '))} <<<"$${variableOf(reply)}"`,
    );
  }
  return [...lines, ...others].map((one, index, all) =>
    index < all.length - 1 ? `${one} &&` : one,
  );
}

function judgeReply(
  act: CheckAct | RequireAct,
  judge: (reply: string, condition: Condition) => void,
  others: Set<string>,
): void {
  const fields = act.condition.flatMap((terms) => terms.map(({ field }) => field));
  if (fields.some((field) => field === 'exit' || field === 'stdout' || field === 'stderr')) {
    for (const one of cliVerdicts(act)) others.add(one);
    return;
  }
  if (
    act.condition.some((terms) =>
      terms.some(
        ({ field, comparisons }) =>
          field === 'body' && comparisons.some(({ name }) => name === 'lacks'),
      ),
    )
  ) {
    // A guard that only tells why the next judgement would fail says nothing to a person who reads that judgement.
    if (act.kind === 'check')
      others.add(
        `jq -cs '.[0]' <<<"$${variableOf(act.reply)}" # look: no stack trace, no path of the server`,
      );
    return;
  }
  // Times and headers are judged by the script; a person who pastes commands sees neither.
  if (fields.some((field) => field === 'elapsed' || field.startsWith('header:'))) return;
  judge(act.reply, act.condition);
}

function cliVerdicts(act: CheckAct | RequireAct): readonly string[] {
  const name = variableOf(act.reply);
  return (act.condition[0] ?? []).flatMap(({ field, comparisons }) =>
    field === 'stderr'
      ? []
      : comparisons.map((comparison) => {
          const source = field === 'exit' ? `--argjson it "$${name}_EXIT"` : `--arg it "$${name}"`;
          const program = jqOf([[{ field: 'body', comparisons: [comparison] }]]).replaceAll(
            '.[0]',
            '$it',
          );
          return `jq -en ${source} ${quoted(program)}`;
        }),
  );
}

/** The alternatives one after the other, until one holds. */
function anyLine(act: AnyAct, captured: ReadonlySet<string>): string {
  const alternatives = act.alternatives.map((parts) =>
    parts.map((part) => partLine(part, captured)).join(' && '),
  );
  return `{ ${alternatives.join(' || ')}; }`;
}

function partLine(part: AnyPart, captured: ReadonlySet<string>): string {
  return 'reply' in part
    ? `jq -es ${quoted(jqOf(part.condition))} <<<"$${variableOf(part.reply)}"`
    : `log_of_${word(part.service)} | grep ${part.look.name === 'present' ? `-F ${logText(part.look.text, captured)}` : `-E ${quoted(part.look.text)}`}`;
}

/** A condition as one operand. */
export function bracketed(condition: Condition): string {
  const program = jqOf(condition);
  return condition.length > 1 ? `(${program})` : program;
}

function seriesLine(act: SeriesAct): string {
  const { name } = act.check;
  const values = name === 'passes-through' || name === 'phases' ? '' : ' | numbers';
  const program = `[.[] | .${act.path.replace(/^\./, '')}?${values}] as $p | ${seriesJq(act.check)}`;
  return `jq -es ${quoted(program)} <<<"$${variableOf(act.reply)}_SEEN"`;
}

function logLines(act: LogAct, captured: ReadonlySet<string>): readonly string[] {
  const read = `log_of_${word(act.service)}`;
  const { look } = act;
  switch (look.name) {
    case 'present':
      return [`${read} | grep -F ${logText(look.text, captured)}`];
    case 'matches':
      return [`${read} | grep -E ${quoted(look.text)}`];
    case 'absent':
      return [`${read} | grep -c ''`, `! ${read} | grep -F ${logText(look.text, captured)}`];
    case 'clean': {
      const noise = look.noise.map((one) => ` | grep -Ev ${quoted(one)}`).join('');
      const ids = look.ids.map((id) => `-e "$${variableOf(id)}"`).join(' ');
      const own = ids === '' ? read : `${read} | grep -F ${ids}`;
      return [`${own} | grep -c ''`, `! ${own} | grep -E ${quoted(look.errors)}${noise}`];
    }
  }
}

/** A fixed text, in single quotes; a capture in it is its value. */
export function logText(text: string, captures: ReadonlySet<string>): string {
  return filledWords(text, captures, (part) => `'${part.replaceAll("'", String.raw`'\''`)}'`);
}

function fileLine(act: FileAct): string {
  const path = quoted(act.path.startsWith('-') ? `./${act.path}` : act.path);
  if (act.reader) return readLine(act, act.reader.read, path);
  switch (act.look.name) {
    case 'exists':
    case 'newer':
      return `[ -e ${path} ]`;
    case 'min-bytes':
      return `[ "$(wc -c <${path})" -ge ${act.look.bytes} ]`;
    // What CSV and YAML hold, the script tells.
    case 'rows':
      return `[ -s ${path} ]`;
    case 'value':
      if (/\.(?:csv|ya?ml)$/.test(act.path)) return `[ -s ${path} ]`;
      return `jq -es ${quoted(jqOf(act.look.condition))} ${path}`;
  }
}

/** The same by the command that prints the file. */
function readLine({ look, path: name }: FileAct, command: readonly string[], path: string): string {
  const read = command.map((one) => (one === '{path}' ? path : quoted(one))).join(' ');
  if (look.name === 'min-bytes') return `[ "$(${read} | wc -c)" -ge ${look.bytes} ]`;
  if (look.name === 'value' && !/\.(?:csv|ya?ml)$/.test(name))
    return `${read} | jq -es ${quoted(jqOf(look.condition))}`;
  return `${read} >/dev/null`;
}
