/** Languages of a block of code that holds commands. */
export const shellLanguages = new Set([
  'bash',
  'sh',
  'shell',
  'zsh',
  'console',
  'terminal',
  'shell-session',
]);

/** `$ ls` as people paste it from a terminal; what it answered stays. No line moves. */
export function withoutPrompts(text: string): string {
  return text.replaceAll(/^(\s*)[$❯] (?=\S)/gm, '$1');
}
