import * as z from 'zod';
import { Told, type Problem } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { checkReferences } from './references.ts';
import type { Reference } from './report.ts';
import { profileSchema, type Profile } from './schema.ts';
import { mergeFiles, type Merged, type ProfileFile } from './sources.ts';
import { changesBetween, merged as patched } from './versions.ts';

type Found = Problem & { readonly file?: string };

/** The profile that some files make together, each of its versions judged. Throws one {@link Told} that names everything that is wrong. */
export function parseProfile(files: readonly ProfileFile[]): Profile {
  const own = mergeFiles(files.filter(({ version }) => version === undefined));
  const changed = files.flatMap((file) => (file.version === undefined ? [] : [changesIn(file)]));
  const unread = [own, ...changed.map(({ changes }) => changes)].flatMap(
    ({ problems }) => problems,
  );
  if (unread.length > 0) throw invalid(unread, files);
  const profile = judged(own.value, own, files);
  const inline = Object.entries(profile.versions.known).filter(
    ([, { changes }]) => Object.keys(changes).length > 0,
  );
  if (inline.length > 0)
    throw invalid(
      inline.map(([version]) => notHere(version, own)),
      files,
    );
  return changed.reduce((whole, { version, changes }) => {
    const known = whole.versions.known[version];
    if (known === undefined) throw invalid([unknownVersion(version, whole, changes)], files);
    const fixed = ['schema', 'name', 'versions'].filter((key) => key in changes.value);
    if (fixed.length > 0)
      throw invalid(
        fixed.map((key) => notOfAVersion(key, changes)),
        files,
      );
    const { versions, ...body } = whole;
    const there = judged({ ...(patched(body, changes.value) as object), versions }, changes, files);
    const { versions: _versions, ...thereBody } = there;
    const difference = changesBetween(body, thereBody) as typeof known.changes;
    const more = { ...versions.known, [version]: { ...known, changes: difference } };
    return { ...whole, versions: { ...versions, known: more } };
  }, profile);
}

interface Changes {
  readonly version: string;
  readonly changes: Merged;
}

function changesIn({ version = '', ...file }: ProfileFile): Changes {
  return { version, changes: mergeFiles([file]) };
}

function judged(value: unknown, places: Merged, files: readonly ProfileFile[]): Profile {
  const result = profileSchema.safeParse(value);
  if (!result.success) throw invalid(result.error.issues.flatMap(found(places)), files);
  const references = checkReferences(result.data);
  if (references.length > 0) throw invalid(references.map(placed(places)), files);
  return result.data;
}

function unknownVersion(version: string, { versions }: Profile, changes: Merged): Found {
  const [first = ''] = Object.keys(changes.value);
  return {
    path: 'versions.known',
    message: `there is no version ${version} that this file could change`,
    expected: Object.keys(versions.known).join(', '),
    ...changes.placeOf([first]),
  };
}

function notHere(version: string, own: Merged): Found {
  const at = ['versions', 'known', version, 'changes'];
  const message = `is written in versions/${version}.yaml, beside the files of the profile`;
  return { path: at.join('.'), message, ...own.placeOf(at) };
}

function notOfAVersion(key: string, changes: Merged): Found {
  return {
    path: key,
    message: 'is the same in all versions',
    expected: 'what differs in this version alone',
    ...changes.placeOf([key]),
  };
}

function invalid(problems: readonly Found[], files: readonly ProfileFile[]): Told {
  const [first] = problems;
  const lines = problems.map(toldLine);
  const where = first ? placeText(first) : '';
  return new Told(
    `the profile is not valid: ${first?.path ? `${first.path}: ` : ''}${first?.message ?? ''}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
    {
      code: 'invalid-profile',
      where: where || (files[0]?.path ?? 'the profile'),
      cure: 'correct the files of the profile; `scenario schema profile` says what they may hold',
      issues: problems.map(({ file: _file, ...problem }) => problem),
      detail: ['the profile is not valid:', ...lines].join('\n'),
    },
  );
}

function toldLine(problem: Found): string {
  const extra = [
    problem.expected && `expected ${problem.expected}`,
    problem.nearest && `did you mean ${problem.nearest}?`,
  ].filter(Boolean);
  const head = [placeText(problem), problem.path].filter(Boolean).join(': ');
  return `  ${head}: ${[problem.message, ...extra].join('; ')}`;
}

function placeText({ file, line, column }: Found): string {
  if (!file) return '';
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function placed(merged: Merged): (problem: Reference) => Found {
  return ({ at, ...problem }) => ({ ...problem, path: at.join('.'), ...merged.placeOf(at) });
}

/** A problem for each zod issue; for an unknown key one for each key, with the nearest known one. */
function found(merged: Merged): (issue: z.core.$ZodIssue) => Found[] {
  return (issue) => {
    if (issue.code !== 'unrecognized_keys')
      return [
        { path: issue.path.join('.'), message: issue.message, ...merged.placeOf(issue.path) },
      ];
    const known = keysAt(issue.path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      return {
        path: [...issue.path, key].join('.'),
        message: `there is no key ${key} here`,
        ...(known.length > 0 ? { expected: `one of ${known.join(', ')}` } : {}),
        ...(near ? { nearest: near } : {}),
        ...merged.placeOf([...issue.path, key]),
      };
    });
  };
}

interface Shape {
  readonly properties?: { readonly [key: string]: Shape };
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
}

/** The keys that the schema knows at a path; empty where it doesn't tell. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let shape: Shape | undefined = z.toJSONSchema(profileSchema, {
    unrepresentable: 'any',
    io: 'input',
  }) as Shape;
  for (const part of path) {
    const other: Shape | undefined =
      typeof shape?.additionalProperties === 'object' ? shape.additionalProperties : undefined;
    shape = shape?.properties?.[String(part)] ?? shape?.items ?? other;
  }
  return Object.keys(shape?.properties ?? {});
}
