import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { root } from '../support/ktrdr.ts';

/** The bash blocks of a scenario's document, cleanup last. */
export function blocksOf(id: string): readonly string[] {
  const text = readFileSync(join(root, 'generated', id, 'scenario.md'), 'utf8');
  return fromMarkdown(text).children.flatMap((node) =>
    node.type === 'code' && node.lang === 'bash' ? [node.value] : [],
  );
}

/** Pastes the blocks into one shell, one after the other; gives the exit code of each. */
export async function paste(
  blocks: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly number[]> {
  const shell = spawn('bash', ['--norc'], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  shell.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  shell.stderr.resume();
  shell.stdin.end(blocks.map((block) => `${block}\nprintf '\\n<<%s>>\\n' "$?"\n`).join(''));
  await new Promise((resolve) => shell.on('close', resolve));
  return [
    ...Buffer.concat(out)
      .toString()
      .matchAll(/<<(\d+)>>/g),
  ].map(([, code]) => Number(code));
}
