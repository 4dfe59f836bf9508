import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/sandbox/http.ts';
import { readRecording, recordingNames, trimmedFolder } from './recording.ts';
import type { Recording } from './recording.ts';
import { differences, replay } from './replay.ts';

/**
 * Contract test B must notice every recorded value: each leaf that is not volatile is changed, one
 * at a time, and the comparison has to turn red.
 */
describe('contract test B turns red on a changed recording', () => {
  const all = recordingNames(trimmedFolder).map((name) => readRecording(trimmedFolder, name));
  const startOf = (id: string): Recording | undefined =>
    all.find((each) =>
      JSON.stringify(each.start?.response ?? each.response).includes(`"task_id":"${id}"`),
    );

  it.each(all.map((recording) => [recording.name, recording] as const))(
    '%s',
    (_name, recording) => {
      const paths = representative(leavesOf(toJson(recording), []));
      expect(paths.length).toBeGreaterThan(3);
      const exchanges = replay(recording, startOf);
      const unnoticed = paths.filter((path) => {
        const concerned = exchanges.filter(({ part, index }) =>
          part.endsWith('series') ? part === path[0] && index === path[1] : part === path[0],
        );
        return differences(changedAt(recording, path), concerned).length === 0;
      });
      expect(unnoticed.map((path) => path.join('.'))).toEqual([]);
    },
  );
});

type Path = readonly (string | number)[];

/** What the recorder wrote about itself, the requests, which are the input, and the volatile values. */
const notCompared =
  /^(name|service|note|trimmed|cache_before|cache_after|start\.request|request|host_status_series)(\.|$)|elapsed_s$|\.t$|headers\.(date|content-length|x-process-time)$/;
const volatileLeaf =
  /^(created_at|started_at|completed_at|cancelled_at|timestamp|last_check|start_time|end_time|last_updated|duration|duration_seconds|training_time|execution_time_seconds|precision|recall|f1_score|ohlcv|([a-z]+_)*(loss|accuracy))$/;

/** Paths of the leaves that B compares by value; empty lists and objects count as leaves. */
function leavesOf(value: Json, path: Path): readonly Path[] {
  const children = childrenOf(value);
  if (children.length > 0)
    return children.flatMap(([key, child]) => leavesOf(child, [...path, key]));
  const name = path.findLast((part) => typeof part === 'string') ?? '';
  const isVolatile = typeof value === 'number' || typeof value === 'string';
  if (isVolatile && volatileLeaf.test(String(name))) return [];
  return notCompared.test(path.join('.')) ? [] : [path];
}

/** One leaf of each path with the positions of the epochs taken out, so that 100 epochs count once. */
function representative(paths: readonly Path[]): readonly Path[] {
  const seen = new Map<string, Path>();
  for (const path of paths) {
    const at = path.findIndex(
      (part) => part === 'epochs' || part === 'history' || part === 'metrics',
    );
    const kept =
      at < 0
        ? path
        : [...path.slice(0, at), ...path.slice(at).filter((part) => typeof part === 'string')];
    if (!seen.has(kept.join('.'))) seen.set(kept.join('.'), path);
  }
  return [...seen.values()];
}

function childrenOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.map((child, index) => [index, child] as const);
  return Object.entries(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A copy of a recording with one leaf changed to another value of the same type. */
function changedAt(recording: Recording, path: Path): Recording {
  return change(recording as unknown as Json, path) as unknown as Recording;
}

function change(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined) return otherThan(value);
  if (isList(value))
    return value.map((child, index) => (index === key ? change(child, rest) : child));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      name === key ? change(child, rest) : child,
    ]),
  );
}

function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'x';
  return isList(value) ? ['x'] : { x: 1 };
}

function toJson(value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(value));
  return copy;
}
