import { createInterface } from 'node:readline/promises';
import { Told, exitCodes } from '../errors.ts';
import { unifiedDiffs } from '../files/diff.ts';
import { newProfileFiles, profileQuestions, type NewProfile } from '../files/profile-files.ts';
import { commitFiles, withProjectLock, type PlannedFile } from '../io/commit.ts';
import { openProject } from '../io/project.ts';
import { textAt } from '../io/read-text.ts';
import { nearest } from '../nearest.ts';
import { parseProfile } from '../profile/parse.ts';
import { writeJson, type Common, type Io } from './io.ts';

/** Options of `scenario profile init`. */
export interface ProfileInitOptions extends Common {
  readonly name: string;
  /** `key=value`, each a text. */
  readonly set: readonly string[];
  readonly dryRun: boolean;
}

/** Writes a small commented profile that loads, from what is set or, at a terminal, asked. */
export async function profileInitCommand(options: ProfileInitOptions, io: Io): Promise<number> {
  const project = openProject(options.cwd);
  const folder = `profiles/${options.name}`;
  if (!/^[a-z][a-z0-9-]*$/.test(options.name))
    throw new Told(`${JSON.stringify(options.name)} cannot be the name of a profile`, {
      code: 'usage',
      cure: 'lower case, digits and dashes, such as order-system',
    });
  const there = ['profile.yaml', 'services.yaml', 'endpoints.yaml']
    .map((name) => `${folder}/${name}`)
    .find((path) => textAt(project.root, path) !== undefined);
  if (there !== undefined)
    throw new Told(`the profile ${options.name} exists already`, {
      code: 'exists',
      where: there,
      cure: 'choose another name, or edit its files',
    });
  const profile = await answered(options, given(options.set), io);
  const files = newProfileFiles(profile).map(({ name, text }): PlannedFile => ({
    path: `${folder}/${name}`,
    text,
  }));
  // What was typed may be no address or no path: then nothing is written.
  parseProfile(files.map(({ path, text }) => ({ path, text })));
  if (!options.dryRun)
    await withProjectLock(project.root, project.staging, async () =>
      commitFiles(files, { root: project.root, staging: project.staging }),
    );
  tell(files, options, io);
  return exitCodes.ok;
}

type Given = Partial<Record<keyof NewProfile, string>>;

function given(pairs: readonly string[]): Given {
  const keys = profileQuestions.map(({ key }) => key);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key = '', value = ''] = /^([^=]*)=([^]*)$/.exec(pair) ?? [];
      const known = keys.find((one) => one === key);
      if (known !== undefined && value !== '') return [known, value];
      const close = nearest(key, keys);
      throw new Told(
        known === undefined ? `there is no ${JSON.stringify(key)} to set` : `${key} is empty`,
        {
          code: 'usage',
          where: `--set ${pair}`,
          cure: close === undefined ? `one of ${keys.join(', ')}` : `such as ${close}=…`,
        },
      );
    }),
  );
}

/** What is not set is asked at a terminal, else taken as proposed. */
async function answered(options: ProfileInitOptions, known: Given, io: Io): Promise<NewProfile> {
  const asks = !options.json && io.stdin.isTTY === true && io.stdout.isTTY === true;
  const terminal = asks ? createInterface({ input: io.stdin, output: io.stdout }) : undefined;
  // Ctrl-C and Ctrl-D close the terminal, and a question at a closed one never ends.
  const left = new Promise<never>((_resolve, reject) => {
    terminal?.once('close', () => reject(interrupted()));
  });
  left.catch(() => undefined);
  const answers: Given = {};
  try {
    for (const { key, question, proposal } of profileQuestions) {
      const proposed = proposal(options.name);
      const typed =
        known[key] ??
        (terminal
          ? (await Promise.race([terminal.question(`${question} (${proposed}) `), left])).trim()
          : undefined);
      answers[key] = typed === undefined || typed === '' ? proposed : typed;
    }
  } finally {
    terminal?.close();
  }
  return { ...answers, name: options.name } as NewProfile;
}

function interrupted(): Told {
  return new Told('interrupted; nothing was written', {
    code: 'interrupted',
    exitCode: exitCodes.interrupted,
  });
}

function tell(
  files: readonly PlannedFile[],
  { name, json, dryRun }: ProfileInitOptions,
  io: Io,
): void {
  const diff = unifiedDiffs(files, () => undefined);
  if (json) {
    const paths = files.map(({ path }) => path);
    writeJson(io, { profile: name, files: paths, dryRun, ...(dryRun ? { diff } : {}) });
  } else if (dryRun) io.stdout.write(diff);
  else {
    io.stdout.write(files.map(({ path }) => `wrote ${path}\n`).join(''));
    io.stdout.write(
      `\nUse it: \`profile: ${name}\` in scenario.config.yaml (\`scenario init --profile ${name}\` writes it), then \`scenario profile check\`\n`,
    );
  }
}
