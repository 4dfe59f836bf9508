/** Words, by their stems, that people use for one thing, a line each: what is asked with one of them is found under the others. */
const alike = [
  'cancel abort stop interrupt',
  'download fetch load acquire',
  'error fail refus reject',
  'invalid wrong bad malform unknown nonexistent',
  'progress percent',
  'start launch trigger begin',
  'finish complet done succeed',
  'concurrent parallel simultaneou',
  'health alive reachable',
].map((line) => line.split(' '));

const meanings = new Map(
  alike.flatMap((words) => words.map((word) => [word, `=${words[0] ?? ''}`] as const)),
);

/** What a stem means, as a term that no word is; none where it stands for itself. */
export function meaningOf(stem: string): readonly string[] {
  const meaning = meanings.get(stem) ?? meanings.get(stem.replace(/e$/, ''));
  return meaning === undefined ? [] : [meaning];
}
