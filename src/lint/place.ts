import type { JqCall } from '../shell/jq-call.ts';
import type { Script } from '../shell/script.ts';

/** Lines between the beginning of a jq program's word and a place in the program. Where quotes are joined, that is not known: 0. */
export function lineWithin(script: Script, { word, text }: JqCall, pos: number): number {
  if (word === undefined || !script.textOf(word).includes(text)) return 0;
  return text.slice(0, pos).split('\n').length - 1;
}
