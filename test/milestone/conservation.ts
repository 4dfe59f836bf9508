import type { Milestone } from '../../src/milestone/model.ts';

/** Commands and boxes in the E2E sections of milestones, counted line by line with no parser, and those that nothing accounts for. */
export function unaccounted(
  milestones: readonly Milestone[],
  text: string,
): { readonly commands: number; readonly boxes: number; readonly lost: readonly string[] } {
  const lines = text.split(/\r\n|\n/);
  const lost: string[] = [];
  let [commands, boxes] = [0, 0];
  for (const { scenarios, notUnderstood } of milestones)
    for (const { line: first, endLine, steps, criteria } of scenarios) {
      const known = (line: number): boolean =>
        steps.some((step) => step.line <= line && line <= step.endLine) ||
        [...criteria, ...notUnderstood].some((one) => one.line === line);
      let shell = false;
      for (let line = first; line <= endLine; line += 1) {
        const part = lines[line - 1] ?? '';
        if (/^\s*(?:```|~~~)/.test(part))
          shell = !shell && /(?:```|~~~)\s*(?:bash|sh|shell|console)\s*$/.test(part);
        const box = /^\s*[-*+] \[[ xX]\]/.test(part);
        const command = shell && !/^\s*(?:#|```|~~~|$)/.test(part);
        if (box) boxes += 1;
        if (command) commands += 1;
        if ((box || command) && !known(line)) lost.push(`${line}: ${part}`);
      }
    }
  return { commands, boxes, lost };
}
