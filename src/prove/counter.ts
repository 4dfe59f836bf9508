import type { Io } from '../commands/io.ts';

/** Counts the faults that were planted, for a person who waits. */
export interface Counter {
  see(id: string, done: number, all: number): void;
  /** The proof of this scenario is over. */
  end(id: string): void;
  /** Prints something while nothing is drawn. */
  aside(print: () => void): void;
}

/** One line, drawn over, on a terminal; elsewhere a line when a proof begins, and for `--json` nothing. */
export function counterOn(io: Pick<Io, 'stderr'>, json: boolean): Counter {
  if (io.stderr.isTTY !== true)
    return {
      see: (id, done, all) => {
        if (done === 0 && !json) io.stderr.write(`${id}: planting ${all} faults\n`);
      },
      end: () => undefined,
      aside: (print) => print(),
    };
  const going = new Map<string, readonly [done: number, all: number]>();
  const draw = (): void => {
    const all = [...going].map(([id, [done, planned]]) => `${id}  ${done} of ${planned}`);
    const more = all.length > 2 ? `, and ${all.length - 2} more` : '';
    const said = all.length === 0 ? '' : `${all.slice(0, 2).join(', ')}${more}: faults planted`;
    io.stderr.write(`\r\u001B[2K${said}`);
  };
  return {
    see: (id, done, all) => {
      going.set(id, [done, all]);
      draw();
    },
    end: (id) => {
      going.delete(id);
      draw();
    },
    aside: (print) => {
      io.stderr.write('\r\u001B[2K');
      print();
      draw();
    },
  };
}
