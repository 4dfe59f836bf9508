import type { Finding } from '../lint/finding.ts';

/** A finding for people: what and where; of scripts also why, the cure, and what would be right there. */
export function tellFinding(finding: Finding): string {
  const { path, line, message, cure, diff, detail, code, reason, nearest, page } = finding;
  if (detail !== undefined) return `${detail}\n${diff ?? ''}`;
  const where = `${path}${line === undefined ? '' : `:${line}`}`;
  if (page === undefined) return `${where}: ${message} (${code}; ${cure})\n${diff ?? ''}`;
  const more = [
    ['why', reason],
    ['cure', cure],
    ['here', nearest],
    ['more', page],
  ].flatMap(([name, text]) => (text === undefined ? [] : [`  ${name}: ${text}\n`]));
  return `${where}: ${message} (${code})\n${more.join('')}`;
}
