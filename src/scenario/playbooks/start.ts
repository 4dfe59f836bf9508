import type { Endpoint, Operation } from '../../profile/schema.ts';
import { both, inWords, termOf, that } from '../condition.ts';
import type { Context, Named } from '../context.ts';
import type { Act } from '../acts.ts';
import type { Step } from '../model.ts';
import {
  doneChecks,
  opensCheck,
  pageOf,
  startedCondition,
  startedField,
  visitAct,
} from '../page.ts';
import { launchStep } from './launching.ts';
import { acceptedCheck, cancelOf, lower, startRequest } from './parts.ts';

/** Start the operation, take its id, and see to its end: the first step of most playbooks; by a request, a page or a command. */
export function startStep(context: Context, operation: Named<Operation>): Step {
  const { starter, command } = context;
  const launched = command?.starts && launchStep(context, operation, command);
  if (launched) return launched;
  if (!starter) throw new Error('only a scenario about an operation starts one');
  const what = lower(operation.title);
  return {
    title: pageTitle(context) ?? starter.title,
    component: starter.component ?? starter.service,
    expected: `the ${what} is accepted and gets an id`,
    start: 'id',
    acts:
      context.scenario.answers.trigger.kind === 'ui'
        ? startedOnPage(context, starter, operation)
        : [
            startRequest(context, 'start'),
            ...acceptedCheck(context, 'start', 'accepted', `the ${what} is accepted`),
            ...identified(context, operation, 'start', operation.id.path),
          ],
  };
}

/** Take the id of what was started, and see to its end. */
function identified(
  context: Context,
  operation: Named<Operation>,
  reply: string,
  field: string,
): readonly Act[] {
  const what = lower(operation.title);
  return [
    {
      kind: 'capture',
      id: 'has-id',
      text: `the reply names the ${what}`,
      capture: 'id',
      reply,
      field,
      matches: operation.id.matches,
    },
    { kind: 'cleanup', text: `cancel the ${what}`, ...cancelOf(context, operation, 'id') },
  ];
}

/** A page starts it: its request is judged first, so that a fault of the service is not taken for one of the page. */
function startedOnPage(
  context: Context,
  starter: Named<Endpoint>,
  operation: Named<Operation>,
): readonly Act[] {
  const visit = visitAct(context, starter);
  if (!visit) return [];
  const what = lower(operation.title);
  return [
    visit,
    opensCheck(visit),
    {
      kind: 'check',
      id: 'accepted',
      text: `the page asks for one ${what}, and it is accepted: ${acceptedInWords(starter)}`,
      reply: visit.reply,
      condition: startedCondition(starter),
    },
    ...identified(context, operation, visit.reply, startedField(operation.id.path)),
    ...doneChecks(visit),
  ];
}

function acceptedInWords({ accepted }: Endpoint): string {
  return inWords(both(that('status', 'equals', accepted.status), accepted.expect.map(termOf)));
}

/** The title of the step in which a page starts the operation. */
function pageTitle(context: Context): string | undefined {
  const page = pageOf(context);
  return page && `${page.title}, in a browser`;
}
