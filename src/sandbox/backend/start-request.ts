import type { Json } from '../http.ts';
import type { Version } from '../version.ts';
import type { FieldProblem } from './problems.ts';

/** A start request whose types are right; nothing is looked up yet. */
export interface StartRequest {
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
  readonly strategyName: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly analytics: boolean;
  /** Ignored at ERA, the operation's id at HEAD (ktrdr-api 3.1). */
  readonly taskId: string | null;
}

/** Checks the fields of `POST /trainings/start` in pydantic's order; all problems at once. */
export function checkStart(
  members: { readonly [key: string]: Json },
  { strategyFills }: Pick<Version, 'strategyFills'>,
): {
  readonly request: StartRequest;
  readonly problems: readonly FieldProblem[];
} {
  const problems: FieldProblem[] = [];
  const names = (field: string, singular: string): readonly string[] => {
    const value = members[field];
    const isLeft = strategyFills && (value === undefined || value === null);
    return isLeft ? [] : nameList(value, field, singular, strategyFills, problems);
  };
  const request = {
    symbols: names('symbols', 'symbol'),
    timeframes: names('timeframes', 'timeframe'),
    strategyName: requiredText(members['strategy_name'], 'strategy_name', problems),
    startDate: optionalText(members['start_date'], 'start_date', problems),
    endDate: optionalText(members['end_date'], 'end_date', problems),
    analytics: false,
  };
  const taskId = optionalText(members['task_id'], 'task_id', problems);
  const analytics = lenientBoolean(members['detailed_analytics'], problems);
  return { request: { ...request, analytics, taskId }, problems };
}

function nameList(
  value: Json | undefined,
  field: string,
  singular: string,
  isOptional: boolean,
  problems: FieldProblem[],
): readonly string[] {
  if (value === undefined) {
    problems.push(missing(field));
    return [];
  }
  if (!Array.isArray(value)) {
    problems.push(bodyProblem(field, 'Input should be a valid list', 'list_type'));
    return [];
  }
  const texts: string[] = [];
  let wrong = 0;
  value.forEach((item: Json, index) => {
    if (typeof item === 'string') texts.push(item);
    else {
      wrong += 1;
      problems.push(
        bodyProblem(`${field} -> ${index}`, 'Input should be a valid string', 'string_type'),
      );
    }
  });
  if (wrong > 0) return texts;
  return trimmed(texts, field, singular, isOptional, problems);
}

function trimmed(
  texts: readonly string[],
  field: string,
  singular: string,
  isOptional: boolean,
  problems: FieldProblem[],
): readonly string[] {
  if (texts.length === 0) {
    const when = isOptional ? ` when ${field} are provided` : '';
    const message = `Value error, At least one ${singular} must be specified${when}`;
    problems.push(bodyProblem(field, message, 'value_error'));
  } else if (texts.some((text) => text.trim() === '')) {
    const name = `${singular.charAt(0).toUpperCase()}${singular.slice(1)}`;
    problems.push(bodyProblem(field, `Value error, ${name} cannot be empty`, 'value_error'));
  }
  return texts.map((text) => text.trim());
}

/** A text that must be there; '' with a problem where it is not. */
export function requiredText(
  value: Json | undefined,
  field: string,
  problems: FieldProblem[],
): string {
  if (typeof value === 'string') return value;
  problems.push(
    value === undefined
      ? missing(field)
      : bodyProblem(field, 'Input should be a valid string', 'string_type'),
  );
  return '';
}

/** A text that may be missing or null. */
export function optionalText(
  value: Json | undefined,
  field: string,
  problems: FieldProblem[],
): string | null {
  if (value === undefined || value === null) return null;
  return requiredText(value, field, problems);
}

function lenientBoolean(value: Json | undefined, problems: FieldProblem[]): boolean {
  if (value === undefined) return false;
  const parsed = parseBoolean(value);
  if (typeof parsed === 'boolean') return parsed;
  problems.push(bodyProblem('detailed_analytics', parsed.message, parsed.type));
  return false;
}

/** Pydantic's lax booleans: also 0, 1 and a few words. */
export function parseBoolean(value: Json): boolean | { message: string; type: string } {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' || typeof value === 'number') {
    const word = String(value).toLowerCase();
    if (['1', 'true', 't', 'yes', 'y', 'on'].includes(word)) return true;
    if (['0', 'false', 'f', 'no', 'n', 'off'].includes(word)) return false;
    const message = 'Input should be a valid boolean, unable to interpret input';
    return { message, type: 'bool_parsing' };
  }
  return { message: 'Input should be a valid boolean', type: 'bool_type' };
}

function missing(field: string): FieldProblem {
  return bodyProblem(field, 'Field required', 'missing');
}

/** A problem of a member of the body. */
export function bodyProblem(field: string, message: string, type: string): FieldProblem {
  return { field: `body -> ${field}`, message, type };
}
