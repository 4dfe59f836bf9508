import { refuse, type Place } from './addressed.ts';
import type { Context } from './context.ts';
import type { ExtraStep } from './extra-step-shape.ts';
import type { Step } from './model.ts';

/** A step that waits for a line of a log and takes what stands in it: the id that the entity has elsewhere. */
export function lineStep(
  context: Context,
  { id, title, text, means, at, expect, captures, cleanup }: ExtraStep,
  line: NonNullable<ExtraStep['line']>,
  place: Place,
): Step | undefined {
  const service = line.service ?? firstService(context);
  const { profile } = context;
  const withLog = Object.keys(profile.services).filter((one) => profile.services[one]?.log);
  const before = context.problems.length;
  if (!withLog.includes(service))
    refuse(
      context,
      `${place.path}.service`,
      `no service with a log is named ${JSON.stringify(service)}`,
      service,
      withLog,
    );
  if (place.captures.includes(line.takes.name))
    context.problems.push({
      path: `${place.path}.takes.name`,
      message: `the name ${line.takes.name} is taken already`,
      expected: 'a name of its own, such as worker_id',
    });
  if (expect ?? captures ?? cleanup)
    context.problems.push({
      path: place.path,
      message: 'a line of a log is no reply: it has no expect, captures or cleanup',
      expected: 'line: { present, takes } alone, and steps of their own for the rest',
    });
  if (context.problems.length > before) return undefined;
  const { name: capture, matches } = line.takes;
  const told = text ?? `the log of ${service} holds "${line.present}" and tells ${capture}`;
  return {
    title: title ?? `Read ${capture} in the log of ${service}`,
    component: at ?? service,
    added: id,
    expected: told,
    acts: [
      {
        kind: 'log',
        id,
        text: told,
        service,
        look: { name: 'present', text: line.present, takes: { capture, matches } },
        // It stands for the playbook's own look at that line, which is left out then.
        ...(context.scenario.answers.category === 'integration' ? { sighting: true } : {}),
        ...(at === undefined ? {} : { at }),
        ...(means === undefined ? {} : { means }),
      },
    ],
  };
}

function firstService({ profile, scenario }: Context): string {
  const [first = ''] = scenario.answers.flow;
  return profile.components[first]?.service ?? first;
}
