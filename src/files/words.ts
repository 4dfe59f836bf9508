import {
  boundCapture,
  elementsOf,
  nearness,
  sizesOf,
  type Comparison,
  type Json,
} from '../scenario/comparators.ts';
import type {
  Act,
  AnyPart,
  HoldAct,
  PollAct,
  Condition,
  FileAct,
  LogAct,
  PointBase,
  SeriesAct,
  Term,
} from '../scenario/acts.ts';
import type { Step } from '../scenario/model.ts';
import { option, quoted } from '../shell/quote.ts';

/** One verb of the script (docs/script-language.md), with the text that goes to its standard input. */
export interface ScriptLine {
  readonly words: string;
  /** A JSON document; its lines never equal the delimiter, for a text in JSON has its quotes on the same line. */
  readonly body?: string;
}

/** The line of the script that does this act. */
export function scriptLine(act: Act, step: Step): ScriptLine {
  switch (act.kind) {
    case 'request':
      return {
        words: line(
          'request',
          act.reply,
          act.method,
          act.service,
          quoted(act.path),
          act.body === undefined ? '' : 'json',
          act.fill ? 'fill' : '',
          act.underTest ? 'under-test' : '',
        ),
        ...(act.body === undefined ? {} : { body: bodyText(act.body) }),
      };
    case 'capture':
      return {
        words: line(
          'capture',
          act.capture,
          act.id,
          quoted(act.text),
          act.reply,
          quoted(act.field),
          act.matches === undefined ? '' : `matches ${quoted(act.matches)}`,
          pointOptions(act, step),
        ),
      };
    case 'check':
    case 'guard':
      return {
        words: line(
          act.kind,
          act.id,
          quoted(act.text),
          act.reply,
          conditionWords(act.condition),
          pointOptions(act, step),
        ),
      };
    case 'require':
      return {
        words: line(
          'require',
          quoted(act.text),
          act.reply,
          conditionWords(act.condition),
          option('cure', act.cure),
        ),
      };
    case 'poll':
      return {
        words: line(
          watchWords(act),
          `within=${act.within}`,
          act.progress === undefined ? '' : option('progress', act.progress),
          act.underTest ? 'under-test' : '',
          `until ${conditionWords(act.until)} ends ${conditionWords(act.ends)}`,
          act.early ? `early ${conditionWords(act.early)}` : '',
          pointOptions(act, step),
        ),
      };
    case 'hold':
      return {
        words: line(
          watchWords(act),
          `for=${act.for}`,
          act.progress === undefined ? '' : option('progress', act.progress),
          `while ${conditionWords(act.while)}`,
          pointOptions(act, step),
        ),
      };
    case 'take':
      return {
        words: line(
          'take',
          act.capture,
          act.reply,
          quoted(act.field),
          act.matches === undefined ? '' : `matches ${quoted(act.matches)}`,
        ),
      };
    case 'follow':
      return {
        words: line(
          `follow ${act.reply} ${act.method} ${act.service} ${quoted(act.path)}`,
          `every=${act.every} within=${act.within}`,
          act.progress === undefined ? '' : option('progress', act.progress),
          act.underTest ? 'under-test' : '',
          option('else', act.otherwise),
          `ends ${conditionWords(act.ends)}`,
        ),
      };
    case 'any':
      return {
        words: line(
          'any',
          act.id,
          quoted(act.text),
          ...act.alternatives.map((parts) => `either ${parts.map(partWords).join(' also ')}`),
          pointOptions(act, step),
        ),
      };
    case 'series':
      return {
        words: line(
          'series',
          act.id,
          quoted(act.text),
          act.reply,
          quoted(act.path),
          seriesWords(act),
          pointOptions(act, step),
        ),
      };
    case 'log':
      return {
        words: line(
          'log',
          act.id,
          quoted(act.text),
          act.service,
          logWords(act),
          pointOptions(act, step),
        ),
      };
    case 'file':
      return {
        words: line(
          'file',
          act.id,
          quoted(act.text),
          quoted(act.path),
          fileWords(act),
          act.reader === undefined ? '' : option('in', act.reader.service),
          pointOptions(act, step),
        ),
      };
    case 'cli':
      return {
        words: line('cli', act.reply, `within=${act.within}`, '--', ...act.argv.map(quoted)),
      };
    case 'ui':
      return { words: line('ui', act.reply, act.service, `within=${act.within}`) };
    case 'query':
      return {
        words: line('query', act.reply, act.variable, `within=${act.within}`, quoted(act.query)),
      };
    case 'launch':
      return { words: line('launch', act.command, '--', ...act.argv.map(quoted)) };
    case 'collect':
      return { words: line('collect', act.reply, `within=${act.within}`) };
    case 'find':
      return {
        words: line(
          `find ${act.capture} ${act.id} ${quoted(act.text)} ${act.method} ${act.service} ${quoted(act.path)}`,
          `before=${act.before} ${option('items', act.items)} ${option('item', act.item)}`,
          `command=${act.command} within=${act.within}`,
          act.sole ? 'sole' : '',
          (act.where[0] ?? []).length === 0 ? '' : `where ${conditionWords(act.where)}`,
          pointOptions(act, step),
        ),
      };
    case 'script':
      return {
        words: line('script', act.id, quoted(act.text), quoted(act.file), pointOptions(act, step)),
      };
    case 'manual':
      return { words: line('manual', act.id, quoted(act.text)) };
    case 'cleanup':
      return {
        words: line(
          'cleanup',
          quoted(act.text),
          act.method,
          act.service,
          quoted(act.path),
          act.body === undefined ? '' : 'json',
          act.fill ? 'fill' : '',
          act.restore ? 'restore' : '',
        ),
        ...(act.body === undefined ? {} : { body: bodyText(act.body) }),
      };
  }
}

function line(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

function watchWords(act: PollAct | HoldAct): string {
  const { kind, reply, id, text, method, service, path, every } = act;
  return line(kind, reply, id, quoted(text), method, service, quoted(path), `every=${every}`);
}

/** JSON with a blank after each comma and colon on one line, or indented where that line would be long. */
function bodyText(body: Json): string {
  const short = inline(body);
  return short.length <= 160 ? short : JSON.stringify(body, null, 2);
}

function inline(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inline).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function pointOptions(point: PointBase, step: Step): string {
  return line(
    point.means === undefined ? '' : option('means', point.means),
    point.at === undefined || point.at === step.component ? '' : option('at', point.at),
    point.sighting === true ? 'sighting' : '',
    point.defect === undefined ? '' : option('defect', point.defect),
  );
}

function partWords(part: AnyPart): string {
  return 'reply' in part
    ? `of ${part.reply} ${conditionWords(part.condition)}`
    : `in ${part.service} ${part.look.name} ${quoted(part.look.text)}`;
}

/** A condition as the words that the runtime reads: `FIELD COMPARATOR VALUE … and … or …`. */
export function conditionWords(condition: Condition): string {
  return condition.map((terms) => terms.map(termWords).join(' and ')).join(' or ');
}

/** What asks about a size or about elements takes all comparators that follow, so each stands in a group of its own. */
function termWords({ field, comparisons }: Term): string {
  const plain = comparisons.filter((one) => !isMeasure(one));
  const groups = [
    ...(plain.length > 0 || comparisons.length === 0 ? [comparisonsWords(plain)] : []),
    ...comparisons.filter(isMeasure).map(measureWords),
  ];
  return groups.map((words) => line(quoted(field), words)).join(' and ');
}

function isMeasure({ name }: Comparison): boolean {
  return name === 'size' || name === 'every' || name === 'some';
}

function measureWords({ name, value }: Comparison): string {
  if (name === 'size') return line('size', comparisonsWords(sizesOf(value)));
  const { path, comparisons } = elementsOf(value);
  return line(name, quoted(path), comparisonsWords(comparisons));
}

function comparisonsWords(comparisons: readonly Comparison[]): string {
  return line(...comparisons.map(comparisonWords));
}

function comparisonWords({ name, value }: Comparison): string {
  if (name === 'near') {
    const { capture, by, percent } = nearness(value);
    return `near ${capture} ${by}${percent ? '%' : ''}`;
  }
  const capture = /^[gl]te?$/.test(name) ? boundCapture(value) : undefined;
  return `${name} ${quoted(capture === undefined ? valueWord(name, value) : `{${capture}}`)}`;
}

/** Names of keys, texts of comparators: words that can't be taken for JSON stay bare, all else is written as JSON. */
function valueWord(name: Comparison['name'], value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (['matches', 'lacks', 'same-as', 'differs-from'].includes(name)) return value;
  const bare =
    /^[A-Za-z][A-Za-z _-]*$/.test(value) && !/^(?:true|false|null|nan|infinity)$/i.test(value);
  return bare ? value : JSON.stringify(value);
}

function seriesWords({ check }: SeriesAct): string {
  switch (check.name) {
    case 'distinct':
    case 'never-over':
    case 'ends-at':
      return `${check.name} ${check.value}`;
    case 'strictly-between':
      return `${check.name} ${check.low} ${check.high}`;
    case 'never-falls':
      return check.restart === undefined ? check.name : `${check.name} restart=${check.restart}`;
    case 'passes-through':
      return `${check.name} ${quoted(JSON.stringify(check.value))}`;
    case 'phases':
      return `${check.name} ${quoted(JSON.stringify(check.values))}`;
    case 'steady':
      return check.name;
  }
}

function logWords({ look }: LogAct): string {
  if (look.name === 'present' && look.takes) {
    const { capture, matches } = look.takes;
    return line('present', quoted(look.text), `takes=${capture}`, option('what', matches));
  }
  if (look.name !== 'clean') return `${look.name} ${quoted(look.text)}`;
  return line(
    'clean',
    option('ids', look.ids.join(',')),
    option('errors', look.errors),
    ...look.noise.map((noise) => option('noise', noise)),
  );
}

function fileWords({ look }: FileAct): string {
  switch (look.name) {
    case 'exists':
    case 'newer':
      return look.name;
    case 'min-bytes':
      return `min-bytes ${look.bytes}`;
    case 'value':
    case 'rows':
      return `value ${conditionWords(look.condition)}`;
  }
}
