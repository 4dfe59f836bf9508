import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../../src/answers/check.ts';
import { makeScenario } from '../../src/io/make.ts';
import { openProject } from '../../src/io/project.ts';
import type { Fault } from '../../src/prove/fault.ts';
import type { Proof } from '../../src/prove/proof.ts';
import { faultsOf } from '../../src/prove/derive.ts';
import { prove, type ProveSetting } from '../../src/prove/prove.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { gate } from '../../src/run/pool.ts';
import type { Resolved } from '../../src/scenario/model.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { lastingFolder } from '../support/folders.ts';
import { cancellation, ktrdr } from '../support/ktrdr.ts';

/** A project with one scenario, whose script may be changed before it is proven. */
export interface Lab {
  readonly resolved: Resolved;
  /** Proves the scenario with a script without the lines that begin so, and with these faults only. */
  prove(change: {
    readonly without?: readonly string[];
    /** A line in the place of the one that was taken away. */
    readonly add?: string;
    readonly only?: (fault: Fault) => boolean;
    readonly faults?: readonly Fault[];
  }): Promise<Proof>;
}

const common = {
  domain: 'training',
  trigger: { kind: 'api', endpoint: 'training.start' },
  flow: ['backend', 'operations-service', 'training-worker'],
  outcome: [{ state: { path: '.data.status', equals: 'completed' } }],
};

/** Answers for a scenario of each category. */
export const answers = {
  smoke: { ...common, name: 'A', category: 'smoke', calibration: 'training/smoke' },
  progress: { ...common, name: 'A', category: 'progress', calibration: 'training/progress' },
  integration: { ...common, name: 'A', category: 'integration', calibration: 'training/smoke' },
  cancellation: { ...cancellation, name: 'A' },
  error: {
    ...common,
    name: 'A',
    category: 'error',
    trigger: { ...common.trigger, body: { timeframes: [] } },
    outcome: [{ response: { status: 422 } }],
    calibration: 'training/smoke',
  },
  files: {
    name: 'A',
    domain: 'data',
    category: 'smoke',
    trigger: {
      kind: 'cli',
      command: [
        'bash',
        '-c',
        `sleep 0.05; printf 'day,close\n2024-01-01,1.5\n' >out.csv; printf 'a:\n  n: 3\n' >out.yaml`,
      ],
    },
    flow: ['backend'],
    outcome: [
      { file: { path: 'out.csv', newer: true, minBytes: 10, rows: { gte: 1 } } },
      { file: { path: 'out.yaml', value: { path: '.a.n', equals: 3 } } },
      { file: { path: 'out.yaml' } },
    ],
  },
} as const;

/** Makes the project. */
export async function labWith(kind: keyof typeof answers, profile: Profile = ktrdr): Promise<Lab> {
  const root = lastingFolder(kind);
  const project = openProject(root);
  const checked = checkAnswers(answers[kind], profile);
  if (!checked.answers) throw new Error(JSON.stringify(checked.problems));
  const made = await makeScenario(project, profile, draft(checked.answers, profile.name), {
    dryRun: false,
    force: false,
  });
  const folder = join(root, project.output, made.id);
  return {
    resolved: made.resolved,
    prove: async ({ without = [], add, only = () => true, faults }) => {
      const script = join(folder, 'changed.sh');
      copyFileSync(join(folder, 'run.sh'), script);
      writeFileSync(script, withoutLines(readFileSync(script, 'utf8'), without, add));
      chmodSync(script, 0o755);
      const setting: ProveSetting = {
        script,
        root,
        folder: mkdtempSync(join(root, 'proof-')),
        speed: 20,
        defaultVersion: 'era',
        env: process.env,
        signal: new AbortController().signal,
        gate: gate(2),
        tries: 2,
        see: () => undefined,
        faults: (scenario, recording) => faults ?? faultsOf(scenario, recording).filter(only),
      };
      return prove(made.resolved, setting);
    },
  };
}

/** The script without some of its points, or another in their place, and with a plan that knows it. */
function withoutLines(text: string, starts: readonly string[], add?: string): string {
  const lines = text.split('\n');
  const gone = lines.filter((line) => starts.some((one) => line.startsWith(one)));
  if (gone.length !== starts.length) throw new Error(`not in the script: ${starts.join(', ')}`);
  const added = add === undefined ? [] : [add];
  return lines
    .flatMap((line) => (gone.includes(line) ? added : [line]))
    .join('\n')
    .replace(
      / plan=(\d+)/,
      (_whole, plan: string) => ` plan=${Number(plan) - gone.length + added.length}`,
    );
}
