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

/** A block of shell as it is meant, no line moved. */
export interface Documented {
  readonly text: string;
  /** Lines, 0-based, that are no commands but what was answered. */
  readonly answers: ReadonlySet<number>;
}

const prompt = /^(\s*)[$❯] (?=\S)/;
const heredoc = /(?<!<)<<-?\s*["']?([A-Za-z_]\w*)/;

/** A block as it was pasted from a terminal, `$ ls` and what it answered: an answer becomes a comment that says what is expected. */
export function documented(text: string): Documented {
  const lines = text.split('\n');
  if (!lines.some((line) => prompt.test(line))) return { text, answers: new Set() };
  const out: string[] = [];
  const answers = new Set<number>();
  let [isBefore, goesOn, isFirst] = [true, false, false];
  let until: string | undefined;
  for (const [at, line] of lines.entries()) {
    const isCommand = prompt.test(line);
    if (isCommand || isBefore || goesOn || /^\s*(?:#|$)/.test(line)) {
      const bare = line.replace(prompt, '$1').replace(goesOn ? /^\s*> / : '', '');
      if (until !== undefined) goesOn = bare.trim() !== until;
      else {
        until = heredoc.exec(bare)?.[1];
        goesOn = (isCommand || goesOn) && (until !== undefined || bare.endsWith('\\'));
      }
      if (!goesOn) until = undefined;
      if (isCommand) [isBefore, isFirst] = [false, true];
      out.push(bare);
      continue;
    }
    answers.add(at);
    const rest = lines.slice(at);
    const end = rest.findIndex((one) => /^\s*(?:#|$)/.test(one) || prompt.test(one));
    const answer = (end === -1 ? rest : rest.slice(0, end)).map((one) => one.trim()).join(' ');
    out.push(isFirst ? `# Expected: ${answer}` : '');
    isFirst = false;
  }
  return { text: out.join('\n'), answers };
}
