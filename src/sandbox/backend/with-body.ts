import { detail } from '../http.ts';
import type { Json, Moment, SandboxRequest } from '../http.ts';
import { readBody } from './problems.ts';
import { refused } from './answer.ts';
import type { Answer } from './answer.ts';

/** Answers a request that needs a JSON object as body; without one it is refused as FastAPI does. */
export function withBody(
  request: SandboxRequest,
  moment: Moment,
  answer: (members: { readonly [key: string]: Json }) => Answer,
): Answer {
  const body = readBody(request);
  switch (body.kind) {
    case 'unreadable':
      return { response: detail(400, 'There was an error parsing the body') };
    case 'problem':
      return refused(moment, [body.problem]);
    case 'absent':
      return refused(moment, [{ field: 'body', message: 'Field required', type: 'missing' }]);
    case 'members':
      return answer(body.members);
  }
}
