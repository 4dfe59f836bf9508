/** What begins a command in the seed's listings and in its prose. */
const begins = /^(?:(?:curl|docker|grep|sleep|for|echo) |[A-Z_]+=\$\()/;
const inProse = /(?:^|: )((?:curl|docker) [^()]+)$/;

/**
 * The commands of the seed, each on one line with its white space folded: continued lines, open quotes and loops are joined. Comments
 * are left out, and so is everything that is prose.
 */
export function seedCommands(seed: string): readonly string[] {
  const lines = seed.split('\n').map((line) => line.trim().replace(/ #.*$/, ''));
  const found: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const prose = inProse.exec(line.replace(/^\d+\.\s*/, ''))?.[1];
    const first = begins.test(line) ? line : prose;
    if (first === undefined) continue;
    let command = first;
    while (isOpen(command) && at + 1 < lines.length) {
      at += 1;
      command = `${command.replace(/\\$/, '')} ${lines[at] ?? ''}`;
    }
    found.push(command.replaceAll(/\s+/g, ' ').trim());
  }
  return [...new Set(found)];
}

function isOpen(command: string): boolean {
  if (/[\\|]$/.test(command)) return true;
  if ((command.match(/'/g) ?? []).length % 2 === 1) return true;
  return /^for\b/.test(command) && !/\bdone$/.test(command);
}
