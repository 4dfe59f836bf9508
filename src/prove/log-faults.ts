import type { LogAct, Resolved } from '../scenario/model.ts';
import { regex, type Captures } from './conditions.ts';
import type { Fault, LogMemory } from './fault.ts';
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

/** The faults that a point on a log must notice: its line is missing, a forbidden line is there, nothing is written at all. */
export function logFaults(act: LogAct, scenario: Resolved): readonly Fault[] {
  const { service, look, id: point } = act;
  const fault = (
    name: string,
    what: string,
    change: (line: string, memory: LogMemory) => readonly string[],
  ): Fault => ({ name, what, point, plant: { kind: 'log', service, change } });
  const empty = isFirstOn(act, scenario)
    ? [fault('log-empty', `the log of ${service} stays empty`, () => [])]
    : [];
  switch (look.name) {
    case 'present':
    case 'matches': {
      const has = (line: string, captures: Captures): boolean =>
        look.name === 'present'
          ? line.includes(filled(look.text, captures))
          : (regex(look.text)?.test(line) ?? false);
      return [
        fault('log-line-missing', `no line with ${look.text}`, (line, { captures }) =>
          has(line, captures) ? [] : [line],
        ),
        ...empty,
      ];
    }
    case 'absent':
      return [
        fault('log-error-line', `a line with ${look.text}`, (line, { changed, captures }) =>
          changed === 0 ? [line, filled(look.text, captures)] : [line],
        ),
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
      const [id] = look.ids;
      const added =
        text === undefined
          ? []
          : [
              fault(
                'log-error-line',
                `an error in the log of ${service}`,
                (line, { changed, captures }) => {
                  const own = id === undefined ? '' : String(captures[id] ?? '\0');
                  return changed === 0 && line.includes(own)
                    ? [line, text.replace('{id}', own)]
                    : [line];
                },
              ),
            ];
      return [...added, ...empty];
    }
  }
}

/** An empty log turns the first point on it red. */
function isFirstOn(act: LogAct, scenario: Resolved): boolean {
  const first = scenario.steps
    .flatMap((step) => step.acts)
    .find((one) => one.kind === 'log' && one.service === act.service);
  return first === act;
}

function filled(text: string, captures: Captures): string {
  return text.replaceAll(/\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g, (whole, name: string) =>
    captures[name] === undefined ? whole : String(captures[name]),
  );
}
