import { pageOf, type Finding } from './finding.ts';

/** A file that was given to be judged as a bash script. */
export interface Judgeable {
  /** Its text as bash should have got it; absent when it is none. */
  readonly text?: string;
  readonly findings: readonly Finding[];
}

/** More than a person wrote: what is longer is data with a script's name. */
const limit = 1_000_000;

/** What is said of a file that is longer; undefined of one that is not. By its size alone: such a file need not be read. */
export function tooLarge(size: number, path: string): Finding | undefined {
  if (size <= limit) return undefined;
  return note(path)(
    'too-large',
    `has ${(size / 1_000_000).toFixed(1)} MB; scripts of up to ${limit / 1_000_000} MB are judged`,
    'take data out of the script, into files of their own',
  );
}

function note(path: string) {
  return (code: (typeof fileCodes)[number], message: string, cure: string, line = 1): Finding => ({
    code,
    severity: 'error',
    path,
    line,
    message,
    cure,
    page: pageOf(code),
  });
}

/** Whether these bytes are a bash script that can be judged, and what is wrong with how they are written. */
export function judgeable(bytes: Uint8Array, path: string): Judgeable {
  const say = note(path);
  const large = tooLarge(bytes.length, path);
  if (large !== undefined) return { findings: [large] };
  if (bytes.includes(0))
    return {
      findings: [say('not-bash', 'is a binary file, not a script', 'name a bash script')],
    };
  let raw: string;
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return {
      findings: [say('not-bash', 'is not UTF-8 text', 'save it as UTF-8, or name a bash script')],
    };
  }
  const marked = raw.startsWith('\uFEFF');
  const text = raw.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (text.trim() === '')
    return { findings: [say('not-bash', 'is empty', 'name a script that asks something')] };
  const other = interpreterOf(text);
  if (other !== undefined && !/^(?:ba|da|a)?sh$/.test(other))
    return {
      findings: [
        say(
          'not-bash',
          `is written for ${other}, and only bash and sh are judged`,
          'name bash scripts only, or make it one (#!/usr/bin/env bash)',
        ),
      ],
    };
  const broken = raw.split('\n').findIndex((line) => line.endsWith('\r'));
  return {
    text,
    findings: [
      ...(marked
        ? [
            say(
              'byte-order-mark',
              'begins with a byte order mark, so the first line is no #! line',
              'save it without one (UTF-8 without BOM)',
            ),
          ]
        : []),
      ...(broken < 0
        ? []
        : [
            say(
              'carriage-return',
              'has lines that end in CR LF; bash takes the CR for a part of the last word',
              "save it with LF only (`sed -i 's/\\r$//' FILE`)",
              broken + 1,
            ),
          ]),
    ],
  };
}

/** The interpreter of the first line: `#!/usr/bin/env -S bash -e` gives `bash`; undefined without such a line. */
function interpreterOf(text: string): string | undefined {
  const words = /^#!\s*(.*)/.exec(text)?.[1]?.trim().split(/\s+/);
  const names = words?.map((word) => word.replace(/^.*\//, ''));
  if (names?.[0] !== 'env') return names?.[0];
  return names.slice(1).find((name) => !/^-|=/.test(name));
}

/** The codes of findings on the file itself, and on comments in it. */
export const fileCodes = [
  'syntax',
  'too-deep',
  'not-bash',
  'too-large',
  'byte-order-mark',
  'carriage-return',
  'ignore-unknown',
  'ignore-unreasoned',
] as const;
