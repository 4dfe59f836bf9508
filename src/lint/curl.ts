import type { Command } from 'unbash';
import { curlOptions } from '../shell/curl-options.ts';
import { argsOf, nameOf } from '../shell/words.ts';

/** What a call of curl says about its reply. */
export interface Curl {
  readonly command: Command;
  /** It ends red when the status is 400 or more. */
  readonly fails: boolean;
  /** `--fail-with-body`, which curl before 7.76 does not know. */
  readonly failsWithBody: boolean;
  /** The status is written to where the script can look at it. */
  readonly showsStatus: boolean;
  /** With `-o` somewhere, the status is all that it writes. */
  readonly writesStatus: boolean;
  /** It repeats by itself until the service answers. */
  readonly retries: boolean;
}

/** A call of curl; undefined for any other command. */
export function curlOf(command: Command): Curl | undefined {
  if (nameOf(command) !== 'curl') return undefined;
  const short = new Set<string>();
  const long = new Set<string>();
  const values = new Map<string, string>();
  if (argsOf(command).some(({ value }) => /^(?:--version|--help|-V|-h)$/.test(value)))
    return undefined;
  for (const { name, word, from } of curlOptions(argsOf(command))) {
    (name.length === 1 ? short : long).add(name);
    if (word) values.set(name, word.value.slice(from));
  }
  const format = `${values.get('w') ?? ''}${values.get('write-out') ?? ''}`;
  return {
    command,
    fails: short.has('f') || long.has('fail') || long.has('fail-with-body'),
    failsWithBody: long.has('fail-with-body'),
    showsStatus:
      /http_code|response_code|%\{json\}|^@|\$/.test(format) ||
      ['i', 'I', 'D', 'v'].some((name) => short.has(name)) ||
      ['include', 'head', 'dump-header', 'verbose'].some((name) => long.has(name)),
    writesStatus:
      /^\\?n?%\{(?:http|response)_code\}(?:\\n)?$/.test(format) &&
      (short.has('o') || long.has('output')),
    retries: long.has('retry'),
  };
}
