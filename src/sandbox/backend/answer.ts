import type { Moment, SandboxResponse } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { repr } from '../python-text.ts';
import type { Step } from '../service.ts';
import type { World } from '../world.ts';
import { unprocessable } from './problems.ts';
import type { FieldProblem } from './problems.ts';
import type { BackendState } from './state.ts';

/** What a route gives back: the response, and the state and lines if something changed. */
export interface Answer {
  readonly response: SandboxResponse;
  readonly state?: BackendState;
  readonly entries?: readonly LogEntry[];
  /** What another service does because of it. */
  readonly stops?: (world: World) => Step;
}

/** The 422 and its ERROR line; shared by all routes with a body or a query. */
export function refused(moment: Moment, problems: readonly FieldProblem[]): Answer {
  const shown = problems.map(
    ({ field, message, type }) =>
      `{'field': ${repr(field)}, 'message': ${repr(message)}, 'type': ${repr(type)}}`,
  );
  const text = `Request validation error: [${shown.join(', ')}]`;
  return {
    response: unprocessable(problems),
    entries: [entry(moment.now, 'ERROR', 'ktrdr.api.main', text)],
  };
}
