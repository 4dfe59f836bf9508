import { StringDecoder } from 'node:string_decoder';

/** A line longer than this many characters is cut. */
const longest = 64 * 1024;
/** Lines of a YAML block, and points, beyond these are left out: no script of ours comes near them. */
const most = { blockLines: 200, points: 10_000, comments: 2_000 };

/** Takes what a script prints, in pieces of any size. */
export interface LineSink {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Cuts output into lines and hands on those that are TAP: whatever else a script prints, and however much, costs no memory.
 * Bytes that are no UTF-8 become U+FFFD.
 */
export function tapLines(take: (line: string) => void): LineSink {
  const isTap = tapFilter();
  return lines((line) => {
    if (isTap(line)) take(line);
  });
}

/** Cuts output into lines of bounded length, without their line ends. */
export function lines(take: (line: string) => void): LineSink {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const feed = (text: string): void => {
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      take(bounded(rest + part).replace(/\r$/, ''));
      rest = '';
    }
    rest = bounded(rest + last);
  };
  return {
    write: (chunk) => feed(decoder.write(Buffer.from(chunk))),
    end: () => {
      feed(decoder.end());
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}

function bounded(line: string): string {
  return line.length > longest ? line.slice(0, longest) : line;
}

function tapFilter(): (line: string) => boolean {
  let block: 'none' | 'may-begin' | 'inside' = 'none';
  let blockLines = 0;
  let points = 0;
  let comments = 0;
  return (line) => {
    if (block === 'inside' && line.startsWith('  ')) {
      blockLines += 1;
      if (line === '  ...') block = 'none';
      return line === '  ...' || blockLines <= most.blockLines;
    }
    if (block === 'may-begin' && line === '  ---') {
      block = 'inside';
      blockLines = 0;
      return true;
    }
    block = 'none';
    if (/^(?:not )?ok\b/.test(line)) {
      block = 'may-begin';
      points += 1;
      return points <= most.points;
    }
    if (line.startsWith('#')) {
      comments += 1;
      return comments <= most.comments || line.startsWith('# ❌ Issue: ');
    }
    return /^(?:TAP version \d+|\d+\.\.\d+|Bail out!)/.test(line);
  };
}
