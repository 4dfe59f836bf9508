import type { Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { CalibrationModel } from './schema.ts';

/** Values of calibration parameters by name. */
export type Parameters = { readonly [name: string]: string | number };

type Parameter = CalibrationModel['parameters'][string];

/** What is wrong with parameters: unknown or missing ones, not a choice, not a date, an end before its start. Never looks at the clock. */
export function checkParameters(model: CalibrationModel, parameters: Parameters): Problem[] {
  const given = withDefaults(model, parameters);
  return [
    ...Object.keys(parameters).flatMap((name) => unknown(model, name)),
    ...Object.entries(model.parameters).flatMap(([name, parameter]) => {
      const value = given[name];
      if (value === undefined)
        return [{ path: name, message: `${name} is missing`, expected: example(parameter) }];
      const problem = kindProblem(parameter, value);
      if (problem) return [{ path: name, ...problem }];
      return orderProblem(name, parameter, value, given);
    }),
  ];
}

/** The parameters, and the model's defaults for those that are not given. */
export function withDefaults(model: CalibrationModel, parameters: Parameters): Parameters {
  const defaults = Object.entries(model.parameters).flatMap(([name, parameter]) =>
    parameter.default === undefined ? [] : [[name, parameter.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...parameters };
}

/** Milliseconds since 1970 of a date `YYYY-MM-DD` (UTC midnight); undefined when there is no such day. */
export function dayOf(text: string | number): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(text))) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text
    ? undefined
    : time;
}

function unknown(model: CalibrationModel, name: string): Problem[] {
  const names = Object.keys(model.parameters);
  if (names.includes(name)) return [];
  const near = nearest(name, names);
  return [
    {
      path: name,
      message: `there is no parameter ${name}`,
      expected: `one of ${names.join(', ')}`,
      ...(near ? { nearest: near } : {}),
    },
  ];
}

function kindProblem(
  parameter: Parameter,
  value: string | number,
): Omit<Problem, 'path'> | undefined {
  const expected = example(parameter);
  switch (parameter.kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
        ? undefined
        : { message: 'a text is needed', expected };
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : { message: `${value} is not a number`, expected };
    case 'date':
      return dayOf(value) === undefined
        ? { message: `there is no day ${value}`, expected }
        : undefined;
    case 'choice': {
      const choices = parameter.choices ?? [];
      if (choices.includes(String(value))) return undefined;
      const near = nearest(String(value), choices);
      return { message: `there is no ${value} here`, expected, ...(near ? { nearest: near } : {}) };
    }
  }
}

function orderProblem(
  name: string,
  parameter: Parameter,
  value: string | number,
  given: Parameters,
): Problem[] {
  const before = parameter.after === undefined ? undefined : given[parameter.after];
  const start = before === undefined ? undefined : dayOf(before);
  const end = dayOf(value);
  if (start === undefined || end === undefined || end > start) return [];
  return [
    {
      path: name,
      message: `${name} ${value} does not come after ${parameter.after} ${before}`,
      expected: `a day after ${before}`,
    },
  ];
}

function example({ kind, choices, default: value }: Parameter): string {
  switch (kind) {
    case 'date':
      return 'a day such as 2024-02-29';
    case 'choice':
      return `one of ${(choices ?? []).join(', ')}`;
    case 'number':
      return `a number such as ${value ?? 10}`;
    case 'text':
      return `a text${value === undefined ? '' : ` such as ${value}`}`;
  }
}
