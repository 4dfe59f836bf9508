import type { Address, Place } from './addressed.ts';
import { refuse } from './addressed.ts';
import { calibratedPayload, merged, without, type Context } from './context.ts';
import type { Json } from './comparators.ts';
import type { ExtraRequest } from './extra-step-shape.ts';
import type { Step } from './model.ts';
import { capturedIn } from './steps.ts';

/** The body of a step that a person added: `payload` as it is; else the endpoint's calibrated payload with `body` over it. */
export function extraBody(
  context: Context,
  request: ExtraRequest,
  { endpoint }: Address,
  place: Place,
): Json | undefined {
  if (request.payload !== undefined) return request.payload;
  const parameters = parametersFor(context, request, place);
  const base = endpoint && calibratedPayload(endpoint, { parameters });
  const full = request.body === undefined ? base : merged(base, request.body);
  const body = request.omit === undefined ? full : without(full, request.omit);
  const open = endpoint?.payload === undefined ? [] : openVariables(body, place.captures);
  if (open.length > 0)
    context.problems.push({
      path: place.path,
      message: `the payload of ${endpoint?.name ?? 'this endpoint'} needs data: ${open.join(', ')}`,
      expected: 'calibration: a row of the profile, or body with these keys',
    });
  return body;
}

function parametersFor(
  context: Context,
  { calibration: asked }: ExtraRequest,
  place: Place,
): { readonly [name: string]: string | number } {
  if (asked === undefined) return context.calibration?.parameters ?? {};
  const row = context.profile.calibrations[asked];
  if (!row)
    refuse(
      context,
      `${place.path}.calibration`,
      `unknown calibration ${JSON.stringify(asked)}`,
      asked,
      Object.keys(context.profile.calibrations),
    );
  return row?.parameters ?? {};
}

/** Whether a body holds a text that is just `{name}` of a capture: the script puts the captured value in its place. */
export function holdsCapture(body: Json | undefined, captures: readonly string[]): boolean {
  return textsIn(body).some((text) => captures.some((name) => text === `{${name}}`));
}

/**
 * The steps, in which the bodies of the playbook hold what was captured before them by a person's own steps. Without such steps all
 * bodies are sent as typed.
 */
export function withFilledBodies(steps: readonly Step[]): readonly Step[] {
  const first = steps.findIndex(({ added }) => added === undefined);
  const captures = capturedIn(steps.slice(0, Math.max(0, first)));
  if (captures.length === 0) return steps;
  return steps.map((step) => ({
    ...step,
    acts: step.acts.map((act) =>
      act.kind === 'request' && holdsCapture(act.body, captures) ? { ...act, fill: true } : act,
    ),
  }));
}

function openVariables(body: Json | undefined, captures: readonly string[]): readonly string[] {
  return textsIn(body).filter(
    (text) => /^\{[a-z][a-z0-9-]*\}$/.test(text) && !captures.includes(text.slice(1, -1)),
  );
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as { readonly [key: string]: Json }).flatMap(textsIn);
}
