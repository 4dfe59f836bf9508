import type { Word, WordPart } from 'unbash';
import type { Filled } from './command.ts';

/** A word as text with its variables marked, nothing filled in. */
export function filled(word: Word): Filled {
  const variables: string[] = [];
  const defaults: Record<string, string> = {};
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
      case 'ParameterExpansion': {
        const { operation } = part;
        if (operation?.type === 'Default' && /^:?[-=]$/.test(operation.operator)) {
          const instead = filled(operation.operand);
          if (instead.variables.length === 0 && !instead.computed)
            defaults[part.parameter] = instead.text;
        }
        return variable(part.parameter);
      }
      default:
        computed = true;
        return part.text.replace(/^`([^]*)`$/, '$($1)');
    }
  };
  const variable = (name: string): string => {
    variables.push(name);
    return `\${${name}}`;
  };
  const text = word.parts === undefined ? word.value : word.parts.map(partText).join('');
  const hasDefaults = Object.keys(defaults).length > 0;
  return { text, variables, computed, ...(hasDefaults && { defaults }) };
}

/** A text with what stands in the place of its variables, where that is known. */
export function withDefaults(text: string, values: Filled['defaults'] = {}): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
