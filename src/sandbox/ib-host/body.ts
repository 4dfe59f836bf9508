import { readBody } from '../backend/problems.ts';
import { detail } from '../http.ts';
import type { Json, SandboxRequest, SandboxResponse } from '../http.ts';
import type { Members } from '../json.ts';

/** One entry of FastAPI's own 422, which the hosts send (recording ibhost-historical-invalid). */
export interface HostProblem {
  readonly type: string;
  readonly loc: readonly string[];
  readonly msg: string;
  readonly input: Json;
}

/** FastAPI's own 422. */
function unprocessable(problems: readonly HostProblem[]): SandboxResponse {
  return detail(
    422,
    problems.map(({ type, loc, msg, input }) => ({ type, loc, msg, input })),
  );
}

/** Answers a request with a JSON object as body once `check` finds nothing wrong with it. */
export function withHostBody(
  request: SandboxRequest,
  check: (members: Members) => readonly HostProblem[],
  answer: (members: Members) => SandboxResponse,
): SandboxResponse {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return detail(400, 'There was an error parsing the body');
    case 'problem': {
      const { type, message, field } = body.problem;
      return unprocessable([{ type, loc: field.split(' -> '), msg: message, input: {} }]);
    }
    case 'absent':
      return unprocessable([
        { type: 'missing', loc: ['body'], msg: 'Field required', input: null },
      ]);
    case 'members': {
      const problems = check(body.members);
      return problems.length > 0 ? unprocessable(problems) : answer(body.members);
    }
  }
}

/** What is wrong with a text that must be there. */
export function textProblems(members: Members, name: string): readonly HostProblem[] {
  const value = members[name];
  if (typeof value === 'string') return [];
  const loc = ['body', name];
  return value === undefined
    ? [{ type: 'missing', loc, msg: 'Field required', input: members }]
    : [{ type: 'string_type', loc, msg: 'Input should be a valid string', input: value }];
}
