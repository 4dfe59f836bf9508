import type { Word } from 'unbash';

/** A word of a call of curl, by what it is for. */
export interface CurlOption {
  /** `X`, `request`, …; empty for an address. */
  readonly name: string;
  /** The word that holds the value; the value is what follows `from` characters of it. */
  readonly word?: Word;
  readonly from: number;
}

/** Short options of curl that take a value (curl 8, `curl --help all`): what follows them in a bundle is no option. */
const shortWithValue = new Set('AbcCdDeEFhHKmoPQrtTuUwxXyYz'.split(''));

/** Long options without a value (curl 8, `curl --help all`), of those that people write; any other takes the next word. */
const longWithout =
  /^(?:no-.+|silent|show-error|fail|fail-with-body|fail-early|include|head|get|location|location-trusted|verbose|insecure|compressed|globoff|no-buffer|raw|ipv4|ipv6|http1\.[01]|http2|http3|tlsv1.*|remote-name|remote-time|create-dirs|progress-bar|parallel|retry-connrefused|retry-all-errors|path-as-is|netrc|append|digest|basic|ntlm|anyauth|tcp-nodelay|styled-output|disable|ssl.*|sslv[23])$/;

/** The options and addresses of a call of curl, in order. */
export function curlOptions(args: readonly Word[]): readonly CurlOption[] {
  const found: CurlOption[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === undefined) break;
    const { value } = word;
    if (value.startsWith('--') && value.length > 2) {
      const name = value.slice(2);
      const next = args[at + 1];
      if (longWithout.test(name) || next === undefined) found.push({ name, from: 0 });
      else {
        found.push({ name, word: next, from: 0 });
        at += 1;
      }
      continue;
    }
    if (!value.startsWith('-') || value.length < 2) {
      found.push({ name: '', word, from: 0 });
      continue;
    }
    for (let letter = 1; letter < value.length; letter += 1) {
      const name = value[letter] ?? '';
      if (!shortWithValue.has(name)) {
        found.push({ name, from: 0 });
        continue;
      }
      const isAttached = letter + 1 < value.length;
      const holder = isAttached ? word : args[at + 1];
      found.push({ name, ...(holder && { word: holder }), from: isAttached ? letter + 1 : 0 });
      if (!isAttached) at += 1;
      break;
    }
  }
  return found;
}
