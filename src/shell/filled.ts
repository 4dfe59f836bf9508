import type { Word, WordPart } from 'unbash';
import type { Filled } from './command.ts';

/** A word as text with its variables marked, nothing filled in. */
export function filled(word: Word): Filled {
  const variables: string[] = [];
  let computed = false;
  const partText = (part: WordPart): string => {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value;
      case 'DoubleQuoted':
      case 'LocaleString':
        return part.parts.map(partText).join('');
      case 'SimpleExpansion':
        return variable(part.text.slice(1));
      case 'ParameterExpansion':
        return variable(part.parameter);
      default:
        computed = true;
        return part.text;
    }
  };
  const variable = (name: string): string => {
    variables.push(name);
    return `\${${name}}`;
  };
  const text = word.parts === undefined ? word.value : word.parts.map(partText).join('');
  return { text, variables, computed };
}
