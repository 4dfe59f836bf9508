import type { Command } from 'unbash';
import { argsOf, nameOf } from './words.ts';

/** What a call of curl says about its reply. */
export interface Curl {
  readonly command: Command;
  /** It ends red when the status is 400 or more. */
  readonly fails: boolean;
  /** `--fail-with-body`, which curl before 7.76 does not know. */
  readonly failsWithBody: boolean;
  /** The status is written to where the script can look at it. */
  readonly showsStatus: boolean;
  /** It repeats by itself until the service answers. */
  readonly retries: boolean;
}

/** Short options of curl that take a value (curl 8, `curl --help all`): what follows them in a bundle is no option. */
const withValue = new Set('AbcCdDeEFhHKmoPQrtTuUwxXyYz'.split(''));

/** A call of curl; undefined for any other command. */
export function curlOf(command: Command): Curl | undefined {
  if (nameOf(command) !== 'curl') return undefined;
  const short = new Set<string>();
  const long = new Set<string>();
  const values = new Map<string, string>();
  const args = argsOf(command).map(({ value }) => value);
  if (args.some((arg) => /^(?:--version|--help|-V|-h)$/.test(arg))) return undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg.startsWith('--')) {
      long.add(arg.slice(2));
      values.set(arg.slice(2), args[at + 1] ?? '');
      continue;
    }
    if (!arg.startsWith('-')) continue;
    for (let letter = 1; letter < arg.length; letter += 1) {
      const name = arg[letter] ?? '';
      short.add(name);
      if (!withValue.has(name)) continue;
      const attached = arg.slice(letter + 1);
      values.set(name, attached === '' ? (args[at + 1] ?? '') : attached);
      if (attached === '') at += 1;
      break;
    }
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
    retries: long.has('retry'),
  };
}
