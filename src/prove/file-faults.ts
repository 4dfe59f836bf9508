import type { FileAct } from '../scenario/acts.ts';
import type { Captures } from './conditions.ts';
import type { Fault, FilePlant } from './fault.ts';
import { fileText } from './file-text.ts';
import { firstOfEach, wrongDocuments } from './wrong-documents.ts';
import { planted } from './wrong-values.ts';

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
      const wrong = wrongDocuments(look.condition, captures).flatMap(({ name, what, body }) => {
        const text = fileText(point.path, body);
        return text === undefined ? [] : [fault(name, what, { text })];
      });
      return [missing, ...firstOfEach(wrong)];
    }
  }
}
