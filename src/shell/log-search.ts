import type { Command } from 'unbash';
import type { Kind } from './kind.ts';
import { filled } from './filled.ts';
import { argsOf, hasOption, nameOf, wordsOf } from './words.ts';

/** A pipeline that looks for lines of a log; undefined for any other. */
export function logOf(commands: readonly Command[], isNegated: boolean): Kind | undefined {
  const [head, ...rest] = commands;
  if (!head) return undefined;
  const source = containerOf(head) ?? fileOf(head);
  if (!source) return undefined;
  const greps = [head, ...rest].filter((one) => /^[ef]?grep$/.test(nameOf(one)));
  const others = rest.filter(
    (one) => !/^(?:[ef]?grep|head|tail|wc|cat|tee|sort|uniq)$/.test(nameOf(one)),
  );
  if (others.length > 0)
    return { kind: 'script', why: `what ${nameOf(others[0] ?? head)} does with the log` };
  return {
    kind: 'log',
    ...source,
    patterns: greps.flatMap((grep) => {
      const word = argsOf(grep).find(({ value }) => !/^-|^\d+$/.test(value));
      if (!word) return [];
      const { text } = filled(word);
      const isFixed = hasOption(grep, 'F', 'fixed-strings');
      return [
        { text, isRegex: !isFixed && /[*+?^$|\\[]|\.\*/.test(text.replaceAll(/\$\{\w+\}/g, '')) },
      ];
    }),
    negated: isNegated || greps.some((grep) => hasOption(grep, 'v', 'invert-match')),
  };
}

/** `docker compose … logs … SERVICE`, `docker logs NAME`, `kubectl logs NAME`. */
function containerOf(command: Command): { readonly service?: string } | undefined {
  const words = wordsOf(command).map((word) => filled(word).text);
  if (!/^(?:docker|docker-compose|podman|kubectl)$/.test(nameOf(command))) return undefined;
  const at = words.indexOf('logs');
  if (at < 0) return undefined;
  const names: string[] = [];
  for (let index = at + 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (/^(?:--since|--until|--tail|-n)$/.test(word)) index += 1;
    else if (!word.startsWith('-') && !/^\d?>/.test(word)) names.push(word);
  }
  return names[0] === undefined ? {} : { service: names[0] };
}

/** `grep TEXT FILE.log`, `tail FILE.log`, `cat FILE.log`. */
function fileOf(command: Command): { readonly file: string } | undefined {
  if (!/^(?:[ef]?grep|tail|cat|head)$/.test(nameOf(command))) return undefined;
  const file = argsOf(command)
    .map((word) => filled(word).text)
    .findLast((text) => /\.log(?:[.*]\S*)?$/.test(text));
  return file === undefined ? undefined : { file };
}
