/** Text that Markdown, and prettier, leave as it is. */
const plain =
  /^[A-Za-z.0-9(](?:[A-Za-z0-9,;:'"%()/=.…→≥≤–?-]| (?! )|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*$/;
const risky = /^(?:\d+[.)](?: |$)|---|===)| $|www\.|:\/\//;

/** Writes typed and received text into Markdown, and notes whether prettier has to look at the result. */
export interface Ink {
  /** Text in a line: its characters only, white space folded. */
  inline(text: string): string;
  /** Text that is Markdown already: a profile's sentences. */
  markdown(text: string): string;
  /** Text as code in a line. */
  code(text: string): string;
  /** A fenced block; the fence is longer than any run of backticks inside. */
  block(language: string, text: string): string;
  /** Whether anything was written that prettier could print in another way. */
  readonly unsure: boolean;
}

/** A new ink. */
export function ink(): Ink {
  let unsure = false;
  return {
    inline(text) {
      const folded = fold(text);
      // Prettier escapes anew what a typed backslash stands before, and what it takes for a part of an address.
      if (/\\[*_]|(?:www\.|:\/\/)\S*[`*{}[\]<>|~&$_]/.test(folded)) unsure = true;
      return escaped(folded);
    },
    markdown(text) {
      const folded = fold(text);
      if (!plain.test(folded.replaceAll(/`[^`]+`/g, 'code')) || risky.test(folded)) unsure = true;
      return folded;
    },
    code(text) {
      const folded = fold(text);
      if (!folded.includes('`')) return `\`${folded}\``;
      unsure = true;
      const ticks = '`'.repeat(longestRun(folded) + 1);
      return `${ticks} ${folded} ${ticks}`;
    },
    block(language, text) {
      if (/[ \t]$/m.test(text)) unsure = true;
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      return `${fence}${language}\n${text}\n${fence}`;
    },
    get unsure() {
      return unsure;
    },
  };
}

function fold(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Only what would be markup is escaped, so that a typed text stays readable in the source too. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*{}[\]<>|~&$]/g, String.raw`\$&`)
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replace(/^[-+#=:]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])(?= |$)/, String.raw`$1\$2`)
    .replace(/(?<= )#(?=#*$)/, String.raw`\#`);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
