import type { Category } from '../profile/schema.ts';
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

/** What a person must allow before a scenario does it. */
export const permissions = ['destructive', 'cost', 'external'] as const;
/** One of {@link permissions}, with the reason. */
export interface Need {
  readonly permission: (typeof permissions)[number];
  readonly reason: string;
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

/** One act or check of the scenario, with what a reader should expect. */
export interface Step {
  readonly title: string;
  readonly component: string;
  readonly expected: string;
  /** The capture that `--operation` presets when it leaves this step out. */
  readonly start?: string;
  /** Its id, where a person added it: what speaks of no reply by name doesn't mean one of its. */
  readonly added?: string;
  readonly acts: readonly Act[];
}

/** How the system must be set up, as far as preflight can tell: else *misconfigured*. */
export type Setting =
  /** Told by the health check of a service. */
  | {
      readonly kind: 'setup';
      readonly service: string;
      readonly text: string;
      readonly condition: Condition;
      readonly cure: string;
    }
  /** Told by a variable; without it the system is as by default. */
  | {
      readonly kind: 'mode';
      readonly variable: string;
      readonly value: string;
      readonly default: string;
      readonly text: string;
      readonly cure: string;
    };

/** A service that the scenario talks to or reads the log of. */
export interface ServiceUse {
  readonly name: string;
  readonly title: string;
  readonly variable: string;
  readonly default: string;
  /** What the system's own commands read for the same address, where the scenario runs any. */
  /** Headers of every request, with `{VARIABLE}` for secrets. */
  readonly headers: readonly string[];
  readonly tls?: { readonly ca?: string | undefined; readonly insecure?: string | undefined };
  readonly own?: { readonly variable: string; readonly path: string };
  readonly health: {
    readonly path: string;
    readonly condition: Condition;
    readonly retries: number;
    readonly wait: number;
    readonly cure: string;
  };
  /** Patterns of addresses that are production: nothing is asked there unless it is allowed. */
  readonly production: readonly string[];
  /** It must not answer; how to bring that about. */
  readonly down?: string;
  readonly log?: {
    readonly default: string;
    readonly cure: string;
    /** Its window is judged as a whole, so no other scenario may write to it meanwhile. */
    readonly lock: boolean;
    readonly beacon?: { readonly path: string; readonly line: string };
  };
}

/** Seconds as a range, with their source in the profile. */
export interface Seconds {
  readonly min: number;
  readonly typical: number;
  readonly max: number;
}

/** The data and duration that fit the category. */
export interface ResolvedCalibration {
  /** Row of the profile, absent for the user's own parameters. */
  readonly row?: string;
  readonly parameters: { readonly [name: string]: string | number };
  readonly samples: number;
  readonly unit: string;
  readonly seconds: Seconds;
  readonly why: string;
  readonly cancelAt?: number;
}

/** A scenario with all that its profile adds: what document, script, index, run and proof are derived from. */
export interface Resolved {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly slug: string;
  readonly category: Category;
  readonly categoryTitle: string;
  readonly purpose: string;
  readonly milestone?: string;
  readonly ref?: string;
  readonly standalone: boolean;
  readonly trigger: string;
  readonly flow: readonly string[];
  readonly calibration?: ResolvedCalibration;
  readonly acceptedBecause?: string;
  /** Faults that may survive a proof, as the proof names them, each with the reason. */
  readonly acceptedSurvivors: { readonly [fault: string]: string };
  /** Seconds that a whole run takes, typically. */
  readonly durationSeconds: number;
  readonly prerequisites: readonly string[];
  readonly tools: readonly { readonly name: string; readonly cure: string }[];
  /** Databases that the scenario asks. */
  readonly databases: readonly { readonly variable: string; readonly cure: string }[];
  readonly variables: readonly {
    readonly name: string;
    readonly default: string;
    readonly secret: boolean;
  }[];
  /** What must be allowed, each once. */
  readonly needs: readonly Need[];
  /** Names of what only one run at a time may touch, in order; `log:<service>` where a whole log is judged. */
  readonly locks: readonly string[];
  readonly services: readonly ServiceUse[];
  /** How the system must be set up. */
  readonly settings: readonly Setting[];
  /** The value of each kind of mode: as required, else the profile's default. */
  readonly modes: { readonly [kind: string]: string };
  /** The version of the system, where the scenario requires one. */
  readonly version?: string;
  readonly classify: readonly {
    readonly verdict: string;
    readonly matches: string;
    readonly cure: string;
  }[];
  readonly unknownRoute: readonly { readonly status: number; readonly matches: string }[];
  readonly steps: readonly Step[];
  readonly noise: readonly { readonly matches: string; readonly reason: string }[];
  /** The known defects that points of this scenario are bound to. */
  readonly knownDefects: readonly { readonly id: string; readonly title: string }[];
  readonly troubleshooting: readonly {
    readonly symptom: string;
    readonly cause: string;
    readonly cure: readonly string[];
    /** By what a run shows it, one of these with all that it names; none where only a person can tell. */
    readonly when: readonly TroubleSign[];
  }[];
}

/** By what a trouble is known: each that is given must be so. */
export interface TroubleSign {
  readonly verdicts?: readonly string[] | undefined;
  readonly points?: readonly string[] | undefined;
  readonly matches?: string | undefined;
}

/** The points of the plan, in order. */
export function pointsOf(
  steps: readonly Step[],
): readonly { readonly point: PointAct; readonly step: Step }[] {
  return steps.flatMap((step) => step.acts.filter(isPoint).map((point) => ({ point, step })));
}

/** Whether an act is a point of the plan (and not a manual criterion, which no machine decides). */
export function isPoint(act: Act): act is PointAct {
  return 'id' in act && act.kind !== 'manual';
}
