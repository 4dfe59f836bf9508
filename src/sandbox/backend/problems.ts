import type { SandboxRequest, SandboxResponse } from '../http.ts';
import { jsonErrorOffset } from '../python-json.ts';
import type { Json } from '../http.ts';
import { isMembers } from '../json.ts';

/** One entry of the details of a 422 (guide ktrdr-api section 6). */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  readonly type: string;
}

/** The 422 envelope of the backend, which is not FastAPI's own. */
export function unprocessable(problems: readonly FieldProblem[]): SandboxResponse {
  return {
    status: 422,
    headers: {},
    body: {
      success: false,
      error: {
        code: 'VALIDATION_ERROR',
        message: 'Request validation failed',
        details: problems.map(({ field, message, type }) => ({ field, message, type })),
      },
    },
  };
}

/** A body as FastAPI reads it: absent, parsed, or with a problem. */
export type ReadBody =
  | { readonly kind: 'absent' }
  | { readonly kind: 'members'; readonly members: { readonly [key: string]: Json } }
  | { readonly kind: 'problem'; readonly problem: FieldProblem }
  | { readonly kind: 'unreadable' };

/** Reads a JSON object body; other content types and other JSON are refused (train-text-plain, train-array-body). */
export function readBody(request: SandboxRequest): ReadBody {
  if (request.body.length === 0) return { kind: 'absent' };
  if (!isJsonType(request.contentType)) return { kind: 'problem', problem: notAnObject };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(request.body);
  } catch {
    return { kind: 'unreadable' };
  }
  try {
    return readText(text);
  } catch (error) {
    // Nested too deep: Python gives up as well.
    if (error instanceof RangeError) return { kind: 'unreadable' };
    throw error;
  }
}

function readText(text: string): ReadBody {
  const offset = jsonErrorOffset(text);
  if (offset === undefined) return sort(parse(text));
  const problem = {
    field: `body -> ${offset}`,
    message: 'JSON decode error',
    type: 'json_invalid',
  };
  return { kind: 'problem', problem };
}

const notAnObject: FieldProblem = {
  field: 'body',
  message: 'Input should be a valid dictionary or object to extract fields from',
  type: 'model_attributes_type',
};

function sort(value: Json): ReadBody {
  if (value === null) return { kind: 'absent' };
  if (isMembers(value)) return { kind: 'members', members: value };
  return { kind: 'problem', problem: notAnObject };
}

/** Python allows NaN and Infinity outside strings; no field of ours takes a number, so 0 stands for them. */
function parse(text: string): Json {
  const tame = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/gs, (token) =>
    token.startsWith('"') ? token : '0',
  );
  const value: Json = JSON.parse(tame);
  return value;
}

function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === 'application/json' || /^application\/[^\s]+\+json$/.test(type);
}
