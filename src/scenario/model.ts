import { isPoint, type Act, type Condition, type PointAct } from './acts.ts';
import type { Category } from '../profile/schema.ts';

/** What a person must allow before a scenario does it. */
export const permissions = ['destructive', 'cost', 'external'] as const;
/** One of {@link permissions}, with the reason. */
export interface Need {
  readonly permission: (typeof permissions)[number];
  readonly reason: string;
}

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
  /** Headers of every request, with `{VARIABLE}` for secrets. */
  readonly headers: readonly string[];
  readonly tls?: { readonly ca?: string | undefined; readonly insecure?: string | undefined };
  /** What the system's own commands read for the same address, where the scenario runs any. */
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
