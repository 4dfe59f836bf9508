import { isPoint, type LogAct, type LogTake } from '../scenario/acts.ts';
import type { Resolved } from '../scenario/model.ts';
import { regex, type Captures } from './conditions.ts';
import { cut, type Fault, type Lines, type LogMemory } from './fault.ts';
import { exampleOf } from './wrong-values.ts';

/** Lines that mean trouble in the logs of many systems; `{id}` is this run's id. */
const errorLines = [
  '2025-01-01 00:00:00 | ERROR    | planted:1 | something broke for {id}',
  '2025-01-01 00:00:00,000 ERROR planted: something broke for {id}',
  'ERROR: something broke for {id}',
  '[ERROR] something broke for {id}',
  'level=error msg="something broke for {id}"',
  '{"level":"ERROR","message":"something broke for {id}"}',
  'CRITICAL: something broke for {id}',
  'Traceback (most recent call last): something broke for {id}',
];

/** The first line after a cut: lines that have no time may be the same again as those before. */
const anew = 'the log begins anew';

/** The faults that a point on a log must notice: its line is missing, a forbidden line is there, lines are lost, nothing is written at all. */
export function logFaults(act: LogAct, scenario: Resolved): readonly Fault[] {
  const { service, look, id: point } = act;
  const fault = (
    name: string,
    what: string,
    change: (line: string, memory: LogMemory) => Lines,
  ): Fault => ({ name, what, point, plant: { kind: 'log', service, change } });
  const empty = isFirstOn(act, scenario)
    ? [fault('log-empty', `the log of ${service} stays empty`, () => [])]
    : [];
  const rotated = isFirstOn(act, scenario, ({ look: { name } }) => isAbsence(name))
    ? [
        fault(
          'log-rotated',
          `the log of ${service} is cut while the run goes on`,
          (line, memory) => (memory.changed === 0 ? [cut, anew, line] : [line]),
        ),
      ]
    : [];
  switch (look.name) {
    case 'present':
    case 'matches': {
      const pattern = look.name === 'matches' ? regex(look.text) : undefined;
      const has = (line: string, captures: Captures): boolean =>
        look.name === 'present'
          ? line.includes(filled(look.text, captures))
          : (pattern?.test(line) ?? false);
      return [
        fault('log-line-missing', `no line with ${look.text}`, (line, { captures }) =>
          has(line, captures) ? [] : [line],
        ),
        ...(look.name === 'present' && look.takes ? [...wrongId(act, look.takes, scenario)] : []),
        ...empty,
      ];
    }
    case 'absent':
      return [
        fault('log-error-line', `a line with ${look.text}`, (line, { changed, captures }) =>
          changed === 0 ? [line, filled(look.text, captures)] : [line],
        ),
        ...rotated,
        ...empty,
      ];
    case 'clean': {
      const example = exampleOf(look.errors);
      const lines = example === undefined ? errorLines : [...errorLines, `${example} {id}`];
      const text = lines.find(
        (line) =>
          regex(look.errors)?.test(line) === true &&
          !look.noise.some((one) => regex(one)?.test(line) === true),
      );
      const added =
        text === undefined
          ? []
          : [
              fault(
                'log-error-line',
                `an error in the log of ${service}`,
                (line, { changed, captures }) => {
                  const own = ownId(look.ids, line, captures);
                  return changed === 0 && own !== undefined
                    ? [line, text.replace('{id}', own)]
                    : [line];
                },
              ),
            ];
      return [...added, ...rotated, ...empty];
    }
  }
}

/** The id of this run that a line holds; the empty text where the run has none. */
function ownId(ids: readonly string[], line: string, captures: Captures): string | undefined {
  if (ids.length === 0) return '';
  const values = ids.flatMap((id) => (captures[id] === undefined ? [] : [String(captures[id])]));
  return values.find((value) => line.includes(value));
}

/** The line names something else than what is there: the first point that asks for it by that name must show it. */
function wrongId(act: LogAct, { capture }: LogTake, scenario: Resolved): readonly Fault[] {
  const { service, look } = act;
  const point = firstWith(capture, act, scenario);
  if (point === undefined || look.name !== 'present') return [];
  const { text } = look;
  const fault: Fault = {
    name: 'log-wrong-id',
    what: `behind ${text} stands another ${capture}`,
    point,
    plant: {
      kind: 'log',
      service,
      change: (line, { captures }) => {
        const own = captures[capture];
        return own !== undefined && line.includes(filled(text, captures))
          ? [line.replaceAll(String(own), otherId(String(own)))]
          : [line];
      },
    },
  };
  return [fault];
}

/** The first point after a look at a log that depends on what it took: by its address, or by its text. */
function firstWith(capture: string, taking: LogAct, scenario: Resolved): string | undefined {
  const acts = scenario.steps.flatMap((step) => step.acts);
  const after = acts.slice(acts.indexOf(taking) + 1);
  const spoken = `{${capture}}`;
  const replies = new Set(
    after.flatMap((one) =>
      'path' in one && 'reply' in one && one.path.includes(spoken) ? [one.reply] : [],
    ),
  );
  const first = after.filter(isPoint).find((one) => {
    if (one.kind === 'log') return 'text' in one.look && one.look.text.includes(spoken);
    return 'reply' in one && replies.has(one.reply);
  });
  return first?.id;
}

/** An id of the same form: its digits are others. */
function otherId(id: string): string {
  return id.replaceAll(/[0-9]/g, (digit) => String((Number(digit) + 1) % 10));
}

/** An empty log turns the first point on it red; one that was cut the first that wants something to be absent. */
function isFirstOn(
  act: LogAct,
  scenario: Resolved,
  counts: (one: LogAct) => boolean = () => true,
): boolean {
  const first = scenario.steps
    .flatMap((step) => step.acts)
    .find((one) => one.kind === 'log' && one.service === act.service && counts(one));
  return first === act;
}

function isAbsence(name: LogAct['look']['name']): boolean {
  return name === 'absent' || name === 'clean';
}

/** A text with what was captured in it. */
export function filled(text: string, captures: Captures): string {
  return text.replaceAll(/\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g, (whole, name: string) =>
    captures[name] === undefined ? whole : String(captures[name]),
  );
}
