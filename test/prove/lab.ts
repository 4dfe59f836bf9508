import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkAnswers } from '../../src/answers/check.ts';
import { makeScenario } from '../../src/io/make.ts';
import { openProject } from '../../src/io/project.ts';
import type { Fault } from '../../src/prove/fault.ts';
import type { Proof } from '../../src/prove/proof.ts';
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

/** What is quick to prove: one request, no operation. */
const lookup = {
  name: 'A',
  domain: 'operations',
  category: 'error',
  trigger: { kind: 'api', endpoint: 'operations.get', params: { id: 'nobody' } },
  flow: ['backend', 'operations-service'],
  outcome: [{ response: { status: 404 } }],
};

/** Answers for a scenario of each category, and of each kind of check. */
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
  lookup,
  alternatives: {
    ...lookup,
    outcome: [
      ...lookup.outcome,
      {
        anyOf: [
          { response: { path: '.detail', matches: 'nobody' } },
          { log: { service: 'backend', present: 'never said' } },
        ],
      },
    ],
  },
  command: {
    ...lookup,
    category: 'smoke',
    trigger: { kind: 'cli', command: ['tell', 'three'] },
    outcome: [
      { cli: { exitCode: 0 } },
      { cli: { stdout: 'three' } },
      { database: { query: 'SELECT 3', equals: 3 } },
    ],
  },
  launched: {
    name: 'A',
    domain: 'data',
    category: 'error',
    trigger: {
      kind: 'cli',
      command:
        'ktrdr data load EURUSD --timeframe 1h --mode tail --start 2024-12-01 --end 2024-12-31'.split(
          ' ',
        ),
    },
    flow: ['backend', 'data-service'],
    outcome: [
      { state: { path: '.data.status', equals: 'failed' } },
      { state: { path: '.data.error_message', matches: 'connection failed' } },
    ],
    calibration: { symbol: 'EURUSD', timeframe: '1h', start: '2024-12-01', end: '2024-12-31' },
    requires: { ib: 'host-down', version: 'era' },
  },
  page: {
    ...lookup,
    category: 'smoke',
    trigger: { kind: 'ui', page: 'operations', actions: [{ waitFor: 'Operations' }] },
    outcome: [{ ui: { text: 'Operations' } }],
  },
} as const;

/** Programs of a machine, and a browser that only reads: what is proven is the script. */
const programs = {
  tell: '#!/bin/sh\necho "$@"\n',
  psql: `#!/bin/sh\necho '{"count":1,"rows":[{"count":3}],"value":3}'\n`,
};
const browser = `exports.chromium = {
  launch: async () => ({
    close: async () => {},
    newPage: async () => {
      let text = '';
      return {
        on: () => {},
        screenshot: async () => {},
        title: async () => '',
        evaluate: async () => text,
        goto: async (address) => {
          const reply = await fetch(address, { headers: { 'user-agent': 'Mozilla/5.0' } });
          text = await reply.text();
          return { status: () => reply.status };
        },
      };
    },
  }),
};
`;

const withLedger: Profile = {
  ...ktrdr,
  databases: { ledger: { title: 'ledger', variable: 'LEDGER', cure: 'set it', source: 'made up' } },
};

/** Makes the project; a piece of bash of one's own is the script of the point `piece`. */
export async function labWith(
  kind: keyof typeof answers,
  profile: Profile = withLedger,
  piece?: string,
): Promise<Lab> {
  const root = lastingFolder(kind);
  const project = openProject(root);
  const checked = checkAnswers(answers[kind], profile);
  if (!checked.answers) throw new Error(JSON.stringify(checked.problems));
  const scenario = {
    ...draft(checked.answers, profile.name),
    ...(piece === undefined ? {} : { additions: [{ id: 'piece', script: 'piece.sh' }] }),
  };
  const made = await makeScenario(project, profile, scenario, { dryRun: false, force: false });
  const folder = join(root, project.output, made.id);
  if (piece !== undefined) writeFileSync(join(folder, 'piece.sh'), piece);
  const env = machineIn(root);
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
        speed: 40,
        defaultVersion: 'era',
        env,
        signal: new AbortController().signal,
        gate: gate(2),
        tries: 2,
        see: () => undefined,
        choose: (all) => faults ?? all.filter(only),
      };
      return prove(made.resolved, setting);
    },
  };
}

/** The variables of a machine with those programs, a database and a browser. */
function machineIn(root: string): ProveSetting['env'] {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), text, { mode: 0o755 });
  writeFileSync(join(root, 'browser.cjs'), browser);
  return {
    ...process.env,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    LEDGER: 'postgresql://baker:pg-s3cret@db.example/ledger',
    SCENARIO_PLAYWRIGHT: join(root, 'browser.cjs'),
    SCENARIO_BROWSER: join(bin, 'tell'),
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
