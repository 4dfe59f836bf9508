import type { Command } from 'unbash';
import type { Filled, HttpRequest } from './command.ts';
import { nearest } from '../nearest.ts';
import { dataOf } from './curl-data.ts';
import { curlOptions, isCurlOption, longOptions, type CurlOption } from './curl-options.ts';
import { filled } from './filled.ts';
import { argsOf, nameOf } from './words.ts';

/** Long names of options that have a short one. */
const short: Readonly<Record<string, string>> = {
  request: 'X',
  header: 'H',
  data: 'd',
  'data-binary': 'd',
  'data-ascii': 'd',
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
  'form-string': 'F',
  'upload-file': 'T',
  cookie: 'b',
  config: 'K',
  range: 'r',
  cert: 'E',
  netrc: 'n',
  globoff: 'g',
  next: ':',
};

/** Options that change what is sent, or where, and that a scenario cannot hold. */
const notKept = new Set(
  'u F T b K r E n oauth2-bearer aws-sigv4 request-target unix-socket abstract-unix-socket'.split(
    ' ',
  ),
);

const dataOptions = new Set(['d', 'data-raw', 'data-urlencode', 'json']);

type Option = Pick<CurlOption, 'name'> & { readonly value: Filled; readonly hasValue: boolean };

/** What a call of curl sends; undefined for any other command, and where it has no address. */
export function requestOf(command: Command): HttpRequest | undefined {
  if (!/^curl(?:\.exe)?$/.test(nameOf(command))) return undefined;
  const options = curlOptions(argsOf(command)).map((option): Option => ({
    name: short[option.name] ?? option.name,
    value: valueOf(option),
    hasValue: option.word !== undefined,
  }));
  const valuesOf = (name: string): readonly Filled[] =>
    options.flatMap((option) => (option.name === name && option.hasValue ? [option.value] : []));
  const has = (...names: readonly string[]): boolean =>
    options.some(({ name }) => names.includes(name));
  const [url] = valuesOf('');
  if (url === undefined) return undefined;
  const parts = options
    .filter(({ name }) => dataOptions.has(name))
    .map(({ name, value }) => ({ option: name, value }));
  const { text: body, file } = dataOf(parts, heredocOf(command));
  const place = placeOf(url.text);
  const queries = [
    place.query,
    ...(has('G') && body ? [body.text] : []),
    ...valuesOf('url-query').map(
      (value) => dataOf([{ option: 'data-urlencode', value }], undefined).text?.text ?? '',
    ),
  ];
  const [output] = valuesOf('o');
  return {
    method: valuesOf('X')[0]?.text.toUpperCase() ?? impliedMethod(has, parts.length > 0),
    url,
    ...place,
    query: queries.filter((one) => one !== '').join('&'),
    headers: valuesOf('H').flatMap(headerOf),
    ...(body === undefined || has('G') ? {} : { body }),
    ...(file === undefined ? {} : { bodyFile: file }),
    ...(output === undefined ? {} : { output: output.text }),
    showsStatus:
      has('i', 'I', 'f', 'v') ||
      valuesOf('w').some(({ text }) => /http_code|response_code/.test(text)),
    lost: lostOf(options, place.origin),
    unclear: unclearIn(options, url.text),
  };
}

function impliedMethod(has: (...names: readonly string[]) => boolean, hasData: boolean): string {
  if (has('I')) return 'HEAD';
  if (has('G')) return 'GET';
  if (has('T')) return 'PUT';
  return hasData || has('F') ? 'POST' : 'GET';
}

function lostOf(options: readonly Option[], origin: string): readonly string[] {
  const names = options.filter(({ name }) => notKept.has(name)).map(({ name }) => dashed(name));
  const isFile = options.some(({ name, value }) => name === 'H' && value.text.startsWith('@'));
  return [
    ...[...new Set(names)].map((name) => `curl's option ${name}`),
    ...(isFile ? ["what stands in the file of curl's option -H @FILE"] : []),
    ...(/^[^/]*\/\/[^/]*@/.test(origin) ? ['the user in the address'] : []),
  ];
}

/** Why it cannot be told what this call sends, or that it sends more than one thing. */
function unclearIn(options: readonly Option[], url: string): readonly string[] {
  const addresses = options.filter(({ name }) => name === '').length;
  const isGlob =
    !options.some(({ name }) => name === 'g') && /\{[^{}]*,[^{}]*\}|\[\w+-\w+(?::\d+)?\]/.test(url);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1];
  return [
    ...options
      .filter(({ name }) => name !== '' && short[name] === undefined && !isCurlOption(name))
      .map(({ name }) => {
        const close = name.length > 1 ? nearest(name, longOptions) : undefined;
        return `curl has no option ${dashed(name)}${close === undefined ? '' : `; did you mean --${close}?`}`;
      }),
    ...(addresses > 1 || options.some(({ name }) => name === ':')
      ? ['it asks more than one address']
      : []),
    ...(isGlob ? [`curl makes several addresses of ${url}`] : []),
    ...(scheme === undefined || /^https?$/i.test(scheme) ? [] : [`${scheme} is not HTTP`]),
  ];
}

function dashed(name: string): string {
  return `${name.length === 1 ? '-' : '--'}${name}`;
}

function valueOf({ word, from }: CurlOption): Filled {
  if (!word) return { text: '', variables: [], computed: false };
  const value = filled(word);
  return { ...value, text: value.text.slice(from) };
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
  const [, origin = '', rest = ''] =
    /^((?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*)([^#]*)/i.exec(url) ?? [];
  const [path = '', ...query] = rest.split('?');
  return { origin, path: path === '' ? '/' : path, query: query.join('?') };
}
