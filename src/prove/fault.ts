import type { Captures } from './conditions.ts';
import type { PageExchange } from './page-report.ts';
import type { Reply } from './reply.ts';

/** What a fault on replies may look at besides the reply. */
export interface Memory {
  /** The unaltered replies to the same act before this one. */
  readonly earlier: readonly Reply[];
  /** The altered ones, as the script saw them. */
  readonly shown: readonly Reply[];
  readonly captures: Captures;
}

/** What a fault on a log may look at besides the line. */
export interface LogMemory {
  readonly captures: Captures;
  /** Lines that the fault has added or taken away so far. */
  readonly changed: number;
}

/** Where and how a fault changes what the script sees. The functions are pure. */
export type Plant =
  /** Replies to one sending act. */
  | {
      readonly kind: 'reply';
      readonly act: number;
      readonly change: (reply: Reply, memory: Memory) => Reply;
      /** Lines of a log that go with it, where they would be another way to be green. */
      readonly log?: LogPlant;
    }
  /** Replies to the requests that a page makes while it is visited: the page itself, and those of its scripts. */
  | {
      readonly kind: 'page';
      readonly act: number;
      readonly change: (exchange: PageExchange) => Reply;
    }
  /** The request isn't passed on; the script gets a reply that was given before. */
  | { readonly kind: 'swallow'; readonly act: number; readonly answer: Reply }
  /** From this act on, nothing answers any more. */
  | { readonly kind: 'dead'; readonly act: number }
  /** Lines of a service's log since the first act: what stands in their place. */
  | LogPlant
  | FilePlant
  /** A command of the system ends in another way, or says something else. */
  | {
      readonly kind: 'command';
      readonly exit?: number;
      readonly silent?: readonly ('stdout' | 'stderr')[];
      /** In the place of what it says on standard output. */
      readonly prints?: string;
      readonly stays?: true;
    }
  /** What a piece of bash of the user's own sees and runs; of the ways in turn, one at a time. */
  | { readonly kind: 'piece'; readonly file: string; readonly ways: readonly PieceWay[] };

/** One way in which the surroundings of a piece of bash are wrong, while it runs and only for it. */
export interface PieceWay {
  /** Such as `wrong-value`. */
  readonly name: string;
  readonly what: string;
  readonly misled: Misled;
}

/** By what a piece is misled. */
export type Misled =
  | { readonly by: 'replies'; readonly change: (reply: Reply) => Reply }
  /** The programs that it runs by their names. */
  | {
      readonly by: 'commands';
      readonly exit?: number;
      readonly silent?: readonly ('stdout' | 'stderr')[];
    }
  | { readonly by: 'captures'; readonly names: readonly string[] }
  | { readonly by: 'logs' | 'evidence' };

/** What the point sees in the place of the file that it reads. */
export interface FilePlant {
  readonly kind: 'file';
  readonly stands: 'nothing' | { readonly text: string; readonly old?: boolean };
}

/** In the place of a line of a log: all that it held up to here is lost, as when a log is rotated away. */
export const cut = Symbol('cut');

/** What stands in the place of a line of a log. */
export type Lines = readonly (string | typeof cut)[];

/** Lines of a service's log, changed. */
export interface LogPlant {
  readonly kind: 'log';
  readonly service: string;
  readonly change: (line: string, memory: LogMemory) => Lines;
}

/** One thing that goes wrong, and the point that must notice it. */
export interface Fault {
  /** Such as `field-missing`. */
  readonly name: string;
  /** What exactly, such as `.success of start`. */
  readonly what: string;
  /** The id of the point that must turn red first; undefined where the run must end blocked at preflight. */
  readonly point: string | undefined;
  /** It takes a known defect away, so that the point must turn green. */
  readonly heals?: boolean;
  readonly plant: Plant;
}

/** How a fault is called in records and messages. */
export function faultLabel({ name, what }: Fault): string {
  return `${name}: ${what}`;
}
