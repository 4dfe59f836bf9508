/** Characters that no document may hold: control characters but newline and tab, halves of a character, and what XML 1.0 excludes. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uD800-\uDFFF\uFFFE\uFFFF]/gu;

/** Text from outside that every format can hold: what cannot be printed becomes U+FFFD, line ends become `\n`. */
export function clean(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(unprintable, '\uFFFD');
}

/** The same on one line, cut where it is longer than so many characters. */
export function oneLine(text: string, most = 2_000): string {
  const line = clean(text.slice(0, most + 1))
    .replaceAll(/[\s\p{Zl}\p{Zp}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** Seconds for people: `0.4 s`, `38 s`, `12 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
