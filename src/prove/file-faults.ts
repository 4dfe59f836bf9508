import type { Comparison, Json } from '../scenario/comparators.ts';
import type { FileAct } from '../scenario/model.ts';
import { holds, type Captures } from './conditions.ts';
import type { Fault, FilePlant } from './fault.ts';
import { fileText } from './file-text.ts';
import { grown, isList } from './json-path.ts';
import { planted, wrongValues } from './wrong-values.ts';

/** Faults of a file that its point must notice: it is missing, old, too small, or holds something else. */
export function fileFaults(point: FileAct, captures: Captures): readonly Fault[] {
  const fault = (name: string, what: string, stands: FilePlant['stands']): Fault => ({
    name,
    what: `${what} (${point.path})`,
    point: point.id,
    plant: { kind: 'file', stands },
  });
  const missing = fault('file-missing', 'the file is not there', 'nothing');
  const { look } = point;
  switch (look.name) {
    case 'exists':
      return [missing];
    case 'newer':
      return [
        missing,
        fault('file-old', 'the file is older than the run', { text: planted, old: true }),
      ];
    case 'min-bytes':
      return look.bytes > 0
        ? [missing, fault('file-empty', 'the file is empty', { text: '' })]
        : [missing];
    case 'rows':
    case 'value': {
      const wrong = wrongDocuments(look.condition.flat(), captures).flatMap(
        ({ name, what, body }) => {
          const reply = {
            status: 200,
            headers: {},
            text: JSON.stringify(body),
            seconds: 0,
            elapsed: 0,
          };
          const text = fileText(point.path, body);
          return text === undefined || holds(look.condition, reply, captures)
            ? []
            : [fault(name, what, { text })];
        },
      );
      const names = new Set<string>();
      const first = wrong.filter(({ name }) => !names.has(name) && names.add(name));
      return [missing, ...first];
    }
  }
}

/** Documents in which a place is missing or holds something else; which of them breaks the condition is tried out. */
function wrongDocuments(
  terms: readonly { readonly field: string; readonly comparisons: readonly Comparison[] }[],
  captures: Captures,
): readonly { readonly name: string; readonly what: string; readonly body: Json }[] {
  return terms.flatMap(({ field, comparisons }) => {
    const other: Json = [{ [planted]: planted }];
    const bodies = comparisons.flatMap((one) => [
      ...wrongValues(one, field === '.' ? other : undefined, captures, []),
      ...(one.name === 'exists' ? [planted] : []),
    ]);
    return [
      ...(field === '.'
        ? []
        : [
            {
              name: 'field-missing',
              what: `${field} is missing`,
              body: grown('.planted', planted),
            },
          ]),
      ...bodies.map((value) => ({
        name: 'wrong-value',
        what: `${field} is ${isList(value) ? `a list of ${value.length}` : JSON.stringify(value)}`,
        body: grown(field, value),
      })),
    ];
  });
}
