import { ownPrograms } from '../profile/own-programs.ts';
import type { Profile } from '../profile/schema.ts';
import type { Read } from '../shell/command.ts';
import { readShell } from '../shell/read.ts';
import type { E2e, Placed } from './model.ts';
import { requestsIn } from './prose-request.ts';

/** A command of an E2E section as it was read, with what the plan expects of it. */
export interface Act {
  readonly read: Read;
  readonly expected: readonly Placed[];
}

/** The commands of an E2E section, in order. Nothing is executed. */
export function actsOf({ steps }: E2e, profile: Profile): readonly Act[] {
  const own = ownPrograms(profile);
  return steps.flatMap((step) => {
    const commands =
      step.kind === 'command'
        ? readShell(step.text, step.line, { own }).commands
        : inline(step.text, step.line, own);
    return commands.map((read, at): Act => ({
      read,
      // What is expected of a step is expected of its last command.
      expected: at === commands.length - 1 ? step.expected : [],
    }));
  });
}

/** Commands that stand as code in the prose of a step; else the requests that it speaks of. */
function inline(text: string, line: number, own: readonly string[]): readonly Read[] {
  const commands = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) =>
    /^(?:curl|uv run)\s/.test(code) || own.some((word) => code.startsWith(`${word} `))
      ? readShell(code.replace(/^uv run\s+/, ''), line, { own }).commands
      : [],
  );
  return commands.length > 0
    ? commands
    : requestsIn(text).flatMap((one) => readShell(one, line, { own }).commands);
}
