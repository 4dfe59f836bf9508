import type { Io } from './io.ts';
import { member, text, type Ended } from './operation.ts';
import { fitted } from './print.ts';
import { clock, drawnBar } from './progress-line.ts';

/**
 * The last state of the progress of a download, in a frame; how it ended stands behind the frame. How rich
 * shares the room between the columns inside is only near to what was recorded (cli-data-load-*).
 */
export function loadPanel(end: Ended, io: Io): void {
  const room = io.columns - 2;
  const title = ' Progress Status ';
  const side = Math.floor((room - title.length) / 2);
  const seconds = clock(io.elapsed());
  const step = text(member(member(end.operation, 'progress'), 'current_step'));
  const done = end.status === 'completed';
  const share = `${Math.round(end.percent)}%`.padStart(4);
  const inside = `${done ? ' ' : '⠋'} ${step} ${drawnBar(end.percent, 8)} ${share} ${seconds}`;
  io.out(`╭${'─'.repeat(side)}${title}${'─'.repeat(room - side - title.length)}╮`);
  io.out(`│ ${fitted(inside, room - 2)} │`);
  const words: { readonly [status: string]: string } = {
    completed: '✅ Operation completed successfully',
    failed: '❌ Operation failed',
  };
  const told = words[end.status];
  const how = told === undefined ? '' : `${told} (${io.elapsed().toFixed(1)}s)`;
  io.out(`╰${'─'.repeat(room)}╯${how}`);
}
