import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { atMost, compared, median, shown, type BenchOptions, type Section } from './figure.ts';
import { inFolder, inTurn, root, timed } from './timed.ts';

const script = join(root, 'generated/training/training-smoke/run.sh');
/** The interval of the smoke scenario's poll, in seconds. */
const every = Number(/^poll .* every=([\d.]+)/m.exec(readFileSync(script, 'utf8'))?.[1]);

/** How soon the verdict stands after the operation has ended, and the whole run beside the seed's Pattern 1. */
export async function verdict({ rounds }: BenchOptions): Promise<Section> {
  const sandbox = await startSandbox({ ports: 'auto', speed: 1, profileVersion: 'era' });
  try {
    const times = Math.min(rounds, 7);
    const [ours = [], pattern = []] = await inTurn(times, [
      () => smoke(sandbox),
      async () => ({ lag: 0, whole: (await patternOne(sandbox)) / 1000 }),
    ]);
    const lags = ours.map(({ lag }) => lag);
    const limit = every + 1;
    return {
      name: `the smoke scenario on the sandbox at speed 1 (${times} rounds in turn)`,
      commands: [
        'generated/training/training-smoke/run.sh',
        `bash -c '${patternText.split('\n')[0]} … sleep 15 …'   (the seed's Pattern 1)`,
      ],
      figures: [
        {
          what: 'verdict after the end of the training, median',
          ours: shown(median(lags), 's'),
          target: atMost(median(lags), limit, ' s'),
        },
        {
          what: 'verdict after the end of the training, slowest',
          ours: shown(Math.max(...lags), 's'),
          target: atMost(Math.max(...lags), limit, ' s'),
        },
        compared(
          "the whole run, beside the seed's fixed sleep",
          [median(ours.map(({ whole }) => whole)), median(pattern.map(({ whole }) => whole))],
          's',
        ),
      ],
    };
  } finally {
    await sandbox.close();
  }
}

interface Run {
  /** Seconds from the operation's terminal state to the last line. */
  readonly lag: number;
  readonly whole: number;
}

async function smoke(sandbox: RunningSandbox): Promise<Run> {
  return inFolder(async (evidence) => {
    const start = Date.now();
    const child = spawn(script, [], {
      env: { ...process.env, ...sandbox.env, SCENARIO_EVIDENCE_DIR: evidence },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let told = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (/^# [✅❌]/mu.test(String(chunk))) told = Date.now();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`the smoke scenario ended with ${code}`);
    return { lag: (told - endOf(evidence)) / 1000, whole: (Date.now() - start) / 1000 };
  });
}

/** When the training ended, by the service's own clock, which is ours: it says so in the last reply. */
function endOf(evidence: string): number {
  const name = readdirSync(evidence).find((one) => /^\d\d-.*\.ndjson$/.test(one)) ?? '';
  const looks = readFileSync(join(evidence, name), 'utf8').trim().split('\n');
  const end = /"completed_at":\s*"([^"]+)"/.exec(looks.at(-1)?.replaceAll('\\"', '"') ?? '')?.[1];
  if (end === undefined) throw new Error('the last reply does not say when the training ended');
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(end) ? end : `${end}Z`);
}

/** The seed's Pattern 1 with its own figures for a training: the example of a year of daily data waits 15 seconds. */
const patternText = `RESPONSE=$(curl -s -X POST "$KTRDR_API_URL/api/v1/trainings/start" -H "Content-Type: application/json" \\
  -d '{"symbols": ["EURUSD"], "timeframes": ["1d"], "strategy_name": "test_e2e_local_pull", "start_date": "2024-01-01", "end_date": "2024-12-31"}')
OP_ID=$(echo "$RESPONSE" | jq -r '.operation_id // .task_id // .data.operation_id')
sleep 15
curl -s "$KTRDR_API_URL/api/v1/operations/$OP_ID" | jq -e '.data.status == "completed"'
`;

async function patternOne(sandbox: RunningSandbox): Promise<number> {
  return (await timed('bash', ['-c', patternText], { cwd: root, env: sandbox.env })).ms;
}
