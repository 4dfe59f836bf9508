import type { Command } from 'unbash';
import type { Filled, HttpRequest } from './command.ts';
import { curlOptions, type CurlOption } from './curl-options.ts';
import { filled } from './filled.ts';
import { argsOf, nameOf } from './words.ts';

/** Long names of options that have a short one. */
const short: Readonly<Record<string, string>> = {
  request: 'X',
  header: 'H',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  'data-ascii': 'd',
  'data-urlencode': 'd',
  json: 'json',
  get: 'G',
  head: 'I',
  output: 'o',
  'write-out': 'w',
  fail: 'f',
  'fail-with-body': 'f',
  include: 'i',
  verbose: 'v',
  url: '',
  user: 'u',
  form: 'F',
  'upload-file': 'T',
  cookie: 'b',
};

/** What a call of curl sends; undefined for any other command, and where it has no address. */
export function requestOf(command: Command): HttpRequest | undefined {
  if (nameOf(command) !== 'curl') return undefined;
  const options = curlOptions(argsOf(command)).map((option) => ({
    ...option,
    name: short[option.name] ?? option.name,
  }));
  const valuesOf = (name: string): readonly Filled[] =>
    options.flatMap((option) => (option.name === name && option.word ? [valueOf(option)] : []));
  const has = (...names: readonly string[]): boolean =>
    options.some(({ name }) => names.includes(name));
  const [url] = valuesOf('');
  if (url === undefined) return undefined;
  const data = [...valuesOf('d'), ...valuesOf('json')];
  const [first] = data;
  const heredoc = heredocOf(command);
  const isFile = first?.text.startsWith('@') === true;
  const fromInput = isFile && /^@-?$/.test(first.text) && heredoc !== undefined;
  const body = isFile ? (fromInput ? heredoc : undefined) : joined(data);
  const asQuery = has('G') && body !== undefined;
  const place = placeOf(asQuery ? `${url.text}?${body.text}` : url.text);
  const [output] = valuesOf('o');
  return {
    method:
      valuesOf('X')[0]?.text.toUpperCase() ??
      (has('I') ? 'HEAD' : has('G') ? 'GET' : data.length > 0 || has('F') ? 'POST' : 'GET'),
    url,
    ...place,
    headers: valuesOf('H').flatMap(headerOf),
    ...(body === undefined || asQuery ? {} : { body }),
    ...(isFile && !fromInput ? { bodyFile: first.text.slice(1) } : {}),
    ...(output === undefined ? {} : { output: output.text }),
    showsStatus:
      has('i', 'I', 'f', 'v') ||
      valuesOf('w').some(({ text }) => /http_code|response_code/.test(text)),
    lost: ['u', 'F', 'T', 'b', 'config', 'K'].filter((name) => has(name)),
  };
}

function valueOf({ word, from }: CurlOption): Filled {
  if (!word) return { text: '', variables: [], computed: false };
  const value = filled(word);
  return { ...value, text: value.text.slice(from) };
}

function joined(data: readonly Filled[]): Filled | undefined {
  if (data.length === 0) return undefined;
  return {
    text: data.map(({ text }) => text).join('&'),
    variables: data.flatMap(({ variables }) => variables),
    computed: data.some(({ computed }) => computed),
  };
}

function heredocOf(command: Command): Filled | undefined {
  for (const redirect of command.redirects)
    if (redirect.type === 'HereDoc') {
      const { text, parts } = redirect.body;
      const variables = (parts ?? []).flatMap((part) =>
        part.type === 'SimpleExpansion'
          ? [part.text.slice(1)]
          : part.type === 'ParameterExpansion'
            ? [part.parameter]
            : [],
      );
      return { text: text.trimEnd(), variables, computed: false };
    }
  return undefined;
}

function headerOf(value: Filled): HttpRequest['headers'] {
  const [, name, rest] = /^([^:]+):\s*(.*)$/s.exec(value.text) ?? [];
  return name === undefined ? [] : [{ name, value: { ...value, text: rest ?? '' } }];
}

/** Origin, path and query of an address that may begin with variables. */
function placeOf(url: string): Pick<HttpRequest, 'origin' | 'path' | 'query'> {
  const [, origin = '', rest = ''] = /^((?:https?:\/\/)?[^/?#]*)([^#]*)/.exec(url) ?? [];
  const [path = '', ...query] = rest.split('?');
  return { origin, path: path === '' ? '/' : path, query: query.join('?') };
}
