import type { Filled } from './command.ts';

/** What one option of curl gives to the body, or with `-G` to the query. */
export interface DataPart {
  /** `d` (also `--data-binary`), `data-raw`, `data-urlencode` or `json`. */
  readonly option: string;
  readonly value: Filled;
}

/** The data of a call together: a text, or the file in which it stands. */
export interface CurlData {
  readonly text?: Filled;
  /** `-` is standard input. */
  readonly file?: string;
}

/** Puts the parts together as curl does; with a file among them the whole is known only to who has the file. */
export function dataOf(parts: readonly DataPart[], input: Filled | undefined): CurlData {
  const read = parts.map((part) => readPart(part, input));
  const file = read.find((one) => one.file !== undefined);
  if (file || read.length === 0) return file ?? {};
  const texts = read.flatMap(({ text }) => text ?? []);
  return {
    text: {
      text: texts
        .map(({ text }, at) => (at === 0 || parts[at]?.option === 'json' ? text : `&${text}`))
        .join(''),
      variables: texts.flatMap(({ variables }) => variables),
      computed: texts.some(({ computed }) => computed),
    },
  };
}

function readPart({ option, value }: DataPart, input: Filled | undefined): CurlData {
  const { text } = value;
  if (option === 'data-raw') return { text: value };
  const [, name = '', sign, rest = ''] =
    option === 'data-urlencode' ? (/^([^=@]*)([=@])(.*)$/s.exec(text) ?? []) : [];
  const file = option === 'data-urlencode' ? (sign === '@' ? rest : undefined) : fileIn(text);
  if (file !== undefined)
    return /^-?$/.test(file) && input !== undefined ? { text: input } : { file };
  if (option !== 'data-urlencode') return { text: value };
  const encoded = sign === undefined ? encodedText(text) : encodedText(rest);
  return { text: { ...value, text: name === '' ? encoded : `${name}=${encoded}` } };
}

function fileIn(text: string): string | undefined {
  return text.startsWith('@') ? text.slice(1) : undefined;
}

/** Percent-encoded, but for what the shell has yet to fill in. */
function encodedText(text: string): string {
  return text.replaceAll(
    /(\$\{\w+\})|([^$]+|\$)/g,
    (_, variable: string | undefined, plain = '') => variable ?? encodeURIComponent(String(plain)),
  );
}
