import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/ktrdr.ts';
import { piecesOf } from '../support/markdown.ts';

/** A bash block of a page, and where it stands: the headings above it, then the bold line before it. */
export interface Block {
  readonly under: string;
  readonly bash: string;
}

/** The bash blocks of a Markdown text, in order. */
export function bashBlocks(text: string): readonly Block[] {
  const headings: string[] = [];
  let bold = '';
  return piecesOf(text).flatMap((one) => {
    if (one.kind === 'heading') {
      headings.length = Math.min(headings.length, one.depth - 1);
      headings[one.depth - 1] = one.text;
      bold = '';
    } else if (one.source.startsWith('**')) {
      bold = one.text;
    }
    return one.lang === 'bash'
      ? [{ under: [...headings.slice(1), bold].filter(Boolean).join(' / '), bash: one.text }]
      : [];
  });
}

/** The bash blocks of a scenario's document, cleanup last. */
export function blocksOf(id: string): readonly string[] {
  const text = readFileSync(join(root, 'generated', id, 'scenario.md'), 'utf8');
  return bashBlocks(text).map(({ bash }) => bash);
}

/** Pastes the blocks into one shell, one after the other; gives the exit code of each. */
export async function paste(
  blocks: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly number[]> {
  return (await pasted(blocks, env)).map(({ code }) => code);
}

/** The same with what each block printed. */
export async function pasted(
  blocks: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly { readonly code: number; readonly stdout: string }[]> {
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
      .matchAll(/([^]*?)\n<<(\d+)>>\n/g),
  ].map(([, stdout = '', code]) => ({ code: Number(code), stdout }));
}
