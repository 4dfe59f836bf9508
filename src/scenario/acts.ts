import type { Comparison, Json } from './comparators.ts';

/** A field of a reply and what must hold of it. */
export interface Term {
  /** `status`, `seconds`, `elapsed`, `body`, `header:Name`, `exit`, `stdout`, `stderr`, or a JSON path. */
  readonly field: string;
  readonly comparisons: readonly Comparison[];
}

/** Alternatives (or) of terms that must all hold (and). */
export type Condition = readonly (readonly Term[])[];

/** What every point of the plan has. */
export interface PointBase {
  /** Kebab-case, unique in the scenario. */
  readonly id: string;
  /** One sentence that a person reads in the document and in the TAP line. */
  readonly text: string;
  /** Marks a sanity check: what its failing means. */
  readonly means?: string;
  /** The component of the flow that answers for it, where it isn't the step's. */
  readonly at?: string;
  /** Id of the known defect of the system that turns it red. */
  readonly defect?: string;
  /** It sees the entity of the flow at its component: where it fails, the issue names the component that saw it last. */
  readonly sighting?: boolean;
}

/** An address in a service: `{capture}` in the path stands for a captured value. */
export interface Target {
  readonly method: string;
  readonly service: string;
  readonly path: string;
}

export interface RequestAct extends Target {
  readonly kind: 'request';
  readonly reply: string;
  readonly body?: Json;
  /** A text in the body that is just `{name}` of a capture stands for the captured value. */
  readonly fill?: boolean;
  /** The reply that an error scenario provokes: never judged by classify or unknown-route patterns. */
  readonly underTest?: boolean;
}

export interface CaptureAct extends PointBase {
  readonly kind: 'capture';
  readonly capture: string;
  readonly reply: string;
  readonly field: string;
  readonly matches?: string;
  /** A value and not the id of what this run started: it doesn't tell whose a line of a log is. */
  readonly plain?: boolean;
}

export interface CheckAct extends PointBase {
  readonly kind: 'check' | 'guard';
  readonly reply: string;
  readonly condition: Condition;
}

export interface RequireAct {
  readonly kind: 'require';
  readonly text: string;
  readonly reply: string;
  readonly condition: Condition;
  readonly cure: string;
}

export interface PollAct extends PointBase, Target {
  readonly kind: 'poll';
  readonly reply: string;
  /** System seconds (scaled by the time scale) between looks, and until the bound. */
  readonly every: number;
  readonly within: number;
  readonly progress?: string;
  readonly until: Condition;
  readonly ends: Condition;
  readonly early?: Condition;
  /** The reply that an error scenario provokes: never judged by classify patterns. */
  readonly underTest?: boolean;
}

export interface HoldAct extends PointBase, Target {
  readonly kind: 'hold';
  readonly reply: string;
  readonly every: number;
  /** System seconds for which the condition must hold. */
  readonly for: number;
  readonly progress?: string;
  readonly while: Condition;
}

/** Takes a value where it is there; what isn't there stays empty, and what hangs on it is left out. */
export interface TakeAct {
  readonly kind: 'take';
  readonly capture: string;
  readonly reply: string;
  readonly field: string;
  readonly matches?: string;
}

/** Looks until a terminal state, and is no point: what it came to is judged by an {@link AnyAct}. */
export interface FollowAct extends Target {
  readonly kind: 'follow';
  readonly reply: string;
  /** System seconds (scaled by the time scale) between looks, and until the bound. */
  readonly every: number;
  readonly within: number;
  readonly progress?: string;
  readonly ends: Condition;
  readonly underTest?: boolean;
  /** The reply that it stands for where its capture is empty: nothing was started, so nothing is followed. */
  readonly otherwise: string;
}

/** One part of an alternative: what a reply holds, or a line of a log. */
export type AnyPart =
  | { readonly reply: string; readonly condition: Condition }
  | {
      readonly service: string;
      readonly look: { readonly name: 'present' | 'matches'; readonly text: string };
    };

/** One point that holds when all parts of one alternative hold. */
export interface AnyAct extends PointBase {
  readonly kind: 'any';
  readonly alternatives: readonly (readonly AnyPart[])[];
}

/** A judgement on all looks of a poll or hold. */
export type SeriesCheck =
  | { readonly name: 'distinct' | 'never-over' | 'ends-at'; readonly value: number }
  | { readonly name: 'strictly-between'; readonly low: number; readonly high: number }
  | { readonly name: 'never-falls'; readonly restart?: number }
  /** The value was there at one look at least. */
  | { readonly name: 'passes-through'; readonly value: Json }
  /** Each look shows one of these, and none that comes before one that was seen. */
  | { readonly name: 'phases'; readonly values: readonly Json[] }
  | { readonly name: 'steady' };

export interface SeriesAct extends PointBase {
  readonly kind: 'series';
  readonly reply: string;
  readonly path: string;
  readonly check: SeriesCheck;
}

/** A value that stands behind the text in the first line that holds it. */
export interface LogTake {
  readonly capture: string;
  /** POSIX extended regular expression of the value. */
  readonly matches: string;
}

export interface LogAct extends PointBase {
  readonly kind: 'log';
  readonly service: string;
  readonly look:
    | { readonly name: 'present'; readonly text: string; readonly takes?: LogTake }
    | { readonly name: 'absent' | 'matches'; readonly text: string }
    | {
        readonly name: 'clean';
        readonly ids: readonly string[];
        readonly errors: string;
        readonly noise: readonly string[];
      };
}

/** How a file is looked at that only a service sees: commands with the word `{path}` for the file. */
export interface FileReader {
  readonly service: string;
  readonly read: readonly string[];
  readonly modified?: readonly string[];
  readonly cure: string;
}

export interface FileAct extends PointBase {
  readonly kind: 'file';
  readonly path: string;
  /** Absent: a file of the machine on which the script runs. */
  readonly reader?: FileReader;
  readonly look:
    | { readonly name: 'exists' | 'newer' }
    | { readonly name: 'min-bytes'; readonly bytes: number }
    /** Of CSV, YAML and JSON, by the end of the name; `rows` is on the list that a CSV comes to. */
    | { readonly name: 'value' | 'rows'; readonly condition: Condition };
}

export interface CliAct {
  readonly kind: 'cli';
  readonly reply: string;
  readonly argv: readonly string[];
  /** Real seconds after which the command is ended. */
  readonly within: number;
}

/** An element of a page: by what a person reads, or by CSS. */
export type PageElement = { readonly text: string } | { readonly css: string };

/** One thing that is done on a page. */
export type PageAction =
  | { readonly click: PageElement }
  | { readonly fill: PageElement & { readonly value: string } }
  /** `within`: seconds of the system. */
  | { readonly waitFor: { readonly text: string; readonly within: number } };

/** A request of the page whose reply is looked at: `.asked.<name>` of the ui reply. */
export interface WatchedRequest {
  readonly name: string;
  readonly method: string;
  /** `{…}` stands for one part of any content. */
  readonly path: string;
}

/** A visit to a page in a real browser, by the `ui.mjs` beside the script. */
export interface UiAct {
  readonly kind: 'ui';
  readonly reply: string;
  readonly service: string;
  /** The path of the page, from its origin on. */
  readonly page: string;
  readonly actions: readonly PageAction[];
  readonly watch: readonly WatchedRequest[];
  /** Texts that the page must show in the end. */
  readonly texts: readonly string[];
  /** Seconds of the system that its waits can take together. */
  readonly within: number;
}

/** One SELECT by psql in a transaction that can only read; `.value`, `.count` and `.rows` of the reply. */
export interface QueryAct {
  readonly kind: 'query';
  readonly reply: string;
  /** The variable with the connection, a secret. */
  readonly variable: string;
  readonly query: string;
  /** Real seconds. */
  readonly within: number;
}

/** Starts a command that ends later; it is ended with the script at the latest. */
export interface LaunchAct {
  readonly kind: 'launch';
  readonly command: string;
  readonly argv: readonly string[];
}

/** Waits for the end of a launched command. */
export interface CollectAct {
  readonly kind: 'collect';
  /** The name under which it was launched. */
  readonly reply: string;
  /** Real seconds after which the command is ended. */
  readonly within: number;
}

/** Takes the id of the one item of a list that was not there before and fulfils the condition. */
export interface FindAct extends PointBase, Target {
  readonly kind: 'find';
  readonly capture: string;
  /** The reply that holds the list from before. */
  readonly before: string;
  readonly items: string;
  readonly item: string;
  /** The launched command: when it has ended, nothing more is waited for. */
  readonly command: string;
  /** Real seconds. */
  readonly within: number;
  readonly where: Condition;
  /** Looks once more, whether what was taken is still the only one. */
  readonly sole?: boolean;
}

export interface ScriptAct extends PointBase {
  readonly kind: 'script';
  /** Relative to the scenario's folder. */
  readonly file: string;
  /** A hash of what stands in it, where that is known. */
  readonly holds?: string;
}

export interface ManualAct {
  readonly kind: 'manual';
  readonly id: string;
  readonly text: string;
}

export interface CleanupAct extends Target {
  readonly kind: 'cleanup';
  readonly text: string;
  readonly body?: Json;
  /** As in {@link RequestAct}. */
  readonly fill?: boolean;
  /** It brings back what a step changed: an answer that is not 2xx is told loudly, and no run is green with it. */
  readonly restore?: boolean;
}

/** One line of the script. */
export type Act =
  | RequestAct
  | CaptureAct
  | CheckAct
  | RequireAct
  | PollAct
  | HoldAct
  | TakeAct
  | FollowAct
  | AnyAct
  | SeriesAct
  | LogAct
  | FileAct
  | CliAct
  | UiAct
  | QueryAct
  | LaunchAct
  | CollectAct
  | FindAct
  | ScriptAct
  | ManualAct
  | CleanupAct;

/** An act that is a point of the plan. */
export type PointAct = Exclude<
  Act,
  | RequestAct
  | RequireAct
  | TakeAct
  | FollowAct
  | CliAct
  | UiAct
  | QueryAct
  | LaunchAct
  | CollectAct
  | ManualAct
  | CleanupAct
>;

/** Whether an act is a point of the plan (and not a manual criterion, which no machine decides). */
export function isPoint(act: Act): act is PointAct {
  return 'id' in act && act.kind !== 'manual';
}
