import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { checkAnswers } from '../../src/answers/check.ts';
import { makeScenario } from '../../src/io/make.ts';
import { openProject } from '../../src/io/project.ts';
import { loadProfile } from '../../src/profile/load.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { startEcho, type Echo } from './echo.ts';
import type { BenchOptions, Figure, Section } from './figure.ts';
import { hostileTexts } from './hostile-texts.ts';
import { inFolder } from './timed.ts';

const textCount = 10_000;
const perScript = 200;
const generationCount = 200;

/** Hostile texts go through whole generations to a server and to a command: none may be executed, each must arrive as typed. */
export async function fuzz({ say }: BenchOptions): Promise<Section> {
  return inFolder(async (folder) => {
    const seed = 20_251_122;
    const texts = hostileTexts(textCount, seed);
    const packs = Array.from({ length: textCount / perScript }, (_, number) => {
      const pack = texts.slice(number * perScript, (number + 1) * perScript);
      return number % 2 === 0 ? payloadCase(number, pack) : wordsCase(number, pack);
    });
    const fields = Array.from({ length: generationCount }, (_, number) =>
      fieldsCase(number, hostileTexts(8, seed + 1 + number)),
    );
    const packed = await runAll(packs, join(folder, 'packs'), say);
    const whole = await runAll(fields, join(folder, 'whole'), say);
    return {
      name: `hostile texts (seed ${seed})`,
      commands: ['npm run bench -- fuzz'],
      figures: [
        figure(
          `${textCount} texts in ${packs.length} scripts, as payload and as words of a command`,
          packed,
        ),
        figure(`${generationCount} whole generations, hostile in every field`, whole),
      ],
    };
  });
}

/** One scenario, and what must arrive. */
interface Case {
  readonly answers: object;
  readonly arrives: (got: { readonly echo: Echo; readonly project: string }) => boolean;
}

const endpoint = { domain: 'training', category: 'smoke', flow: ['backend'] };

/** Keys and values of one payload, and one of them as what the reply is compared with. */
function payloadCase(number: number, texts: readonly string[]): Case {
  const payload = Object.fromEntries(texts.map((text, index) => [`${index} ${text}`, text]));
  const path = `/echo/${number}`;
  return {
    answers: {
      ...endpoint,
      name: `Payload ${number}`,
      trigger: { kind: 'api', method: 'POST', path, payload: { ...payload, first: texts[0] } },
      outcome: [{ response: { status: 200, path: '.first', equals: texts[0] } }],
    },
    arrives: ({ echo }) =>
      isDeepStrictEqual(echo.bodies.get(path), { ...payload, first: texts[0] }),
  };
}

/** The words of a command, which writes down what it got. There `{nonce}` is no text but asks for a word of this run. */
function wordsCase(number: number, typed: readonly string[]): Case {
  const texts = typed.map((text) => text.replaceAll('{nonce}', '{Nonce}'));
  return {
    answers: {
      ...endpoint,
      name: `Words ${number}`,
      trigger: { kind: 'cli', command: ['./record', `words-${number}`, ...texts] },
      outcome: [{ cli: { exitCode: 0, stdout: { equals: texts[0] } } }],
    },
    arrives: ({ project }) =>
      isDeepStrictEqual(JSON.parse(readFileSync(join(project, `words-${number}`), 'utf8')), texts),
  };
}

function fieldsCase(number: number, texts: readonly string[]): Case {
  const [
    name = '',
    purpose = '',
    milestone = '',
    ref = '',
    value = '',
    key = '',
    log = '',
    part = '',
  ] = texts;
  const path = `/echo/${number}/${encodeURIComponent(part)}`;
  const payload = { value, [`k${key}`]: { nested: [texts] } };
  return {
    answers: {
      ...endpoint,
      name: `Fuzz ${number} ${name}`.slice(0, 100),
      purpose: `p ${purpose}`,
      milestone: `m ${milestone}`.slice(0, 60),
      ref: `r ${ref}`.slice(0, 60),
      trigger: { kind: 'api', method: 'POST', path, payload },
      outcome: [
        { response: { status: 200, path: '.value', equals: value } },
        { log: { service: 'backend', absent: `never ${log.replaceAll(/\s/g, ' ')}` } },
      ],
      accept: { calibration: `because ${purpose}` },
    },
    arrives: ({ echo }) => isDeepStrictEqual(echo.bodies.get(decodeURIComponent(path)), payload),
  };
}

interface Outcome {
  readonly wrong: readonly string[];
  readonly executed: boolean;
}

/** Generates and runs all cases, a server for each worker; scripts that share a log wait for each other. */
async function runAll(
  cases: readonly Case[],
  folder: string,
  say: BenchOptions['say'],
): Promise<Outcome> {
  const profile = await loadProfile('ktrdr', { root: import.meta.dirname });
  const queue = [...cases.entries()];
  const wrong: string[] = [];
  const worker = async (number: number): Promise<boolean> => {
    const project = newProject(join(folder, String(number)));
    const echo = await startEcho(join(project, 'backend.log'));
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const problem = await runCase(next[1], { project, echo, profile });
        if (problem !== undefined) wrong.push(`${next[0]}: ${problem}`);
        if (next[0] % 25 === 0) say(`  ${next[0]} of ${cases.length}`);
      }
    } finally {
      await echo.close();
    }
    return [project, ...canaryPlaces(project)].some((place) => existsSync(join(place, 'canary')));
  };
  const executed = await Promise.all(
    Array.from({ length: availableParallelism() }, (_, number) => worker(number)),
  );
  return { wrong, executed: executed.includes(true) };
}

async function runCase(
  { answers: typed, arrives }: Case,
  { project: cwd, echo, profile }: { project: string; echo: Echo; profile: Profile },
): Promise<string | undefined> {
  const { answers, problems } = checkAnswers(typed, profile);
  if (!answers) return problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  const scenario = draft(answers, profile.name);
  const project = openProject(cwd);
  await makeScenario(project, profile, scenario, { dryRun: false, force: false });
  const child = spawn(join(cwd, project.output, scenario.id, 'run.sh'), [], {
    cwd,
    env: {
      ...process.env,
      KTRDR_API_URL: echo.origin,
      SCENARIO_LOG_BACKEND: `file:${echo.log}`,
      SCENARIO_EVIDENCE_DIR: join(cwd, 'evidence'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) return `ended with ${code}: ${out.slice(-600)}`;
  return arrives({ echo, project: cwd }) ? undefined : 'did not arrive as typed';
}

/** A project with a command that writes down its words, as JSON, and prints the first. */
function newProject(folder: string): string {
  mkdirSync(join(folder, 'evidence'), { recursive: true });
  writeFileSync(
    join(folder, 'record'),
    `#!${process.execPath}\nconst [place, ...words] = process.argv.slice(2);\nrequire('node:fs').writeFileSync(place, JSON.stringify(words));\nprocess.stdout.write(words[0]);\n`,
    { mode: 0o755 },
  );
  return folder;
}

/** Where a text that was executed would have left its file: every folder that a script works in. */
function canaryPlaces(project: string): readonly string[] {
  return [join(project, 'generated'), join(project, 'evidence'), process.cwd()];
}

function figure(what: string, { wrong, executed }: Outcome): Figure {
  const first = wrong.length === 0 ? '' : `; the first: ${wrong[0]?.slice(0, 500)}`;
  return {
    what,
    ours: `${executed ? 'EXECUTED' : 'none executed'}, ${wrong.length} not as typed${first}`,
    target: { text: 'none, 0', met: !executed && wrong.length === 0 },
  };
}
