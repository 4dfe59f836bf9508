import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { Told } from '../errors.ts';
import { readDocument } from '../answers/read.ts';
import { problemsOf } from '../answers/problems.ts';
import { formatProblems } from '../answers/excerpt.ts';
import { packageRoot } from './package-root.ts';
import type { Layout } from '../scaffold.ts';
import type { Templates } from '../files/templates.ts';

/** The project's own settings, at its root. */
export const configName = 'scenario.config.yaml';

const folder = z
  .string()
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\0]+$/, {
    error: 'a place inside the project, such as generated',
  })
  .transform((path) => path.replace(/\/+$/, ''));

const configSchema = z.strictObject({
  profile: z.string().min(1).default('ktrdr'),
  profileVersion: z.string().min(1).optional(),
  output: folder.default('generated'),
  index: folder.default('docs/testing/SCENARIOS.md'),
  guide: folder.optional(),
  /** A folder whose files replace our templates one by one. */
  templates: folder.optional(),
  /** Patterns (POSIX extended regular expressions) of addresses that are production: no scenario runs there unasked. */
  production: z
    .array(
      z.string().refine(isPattern, { error: 'must be a regular expression, such as //trade[.]' }),
    )
    .default([]),
  /** So many folders of runs are kept in `.scenario/runs`, the newest. */
  keepRuns: z.number().int().min(1).default(200),
});

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp && text !== '';
  } catch {
    return false;
  }
}

/** The project that a command works on: its root, and what `scenario.config.yaml` says. */
export interface Project extends Layout {
  /** Absolute path. */
  readonly root: string;
  readonly profile: string;
  readonly profileVersion?: string;
  readonly templates?: string;
  /** So many folders of runs are kept. */
  readonly keepRuns: number;
  /** Page of the testing guide. */
  readonly guide: string;
  /** The configuration names the guide, so it should be there. */
  readonly wantsGuide: boolean;
  /** Where commits are staged, relative to the root, inside the output. */
  readonly staging: string;
}

/** Finds the project: the nearest folder upward that has a `scenario.config.yaml`, else the folder itself. */
export function openProject(cwd: string): Project {
  const start = resolve(cwd);
  if (!statSync(start, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Told('there is no such folder', {
      code: 'no-such-folder',
      where: start,
      cure: 'name an existing folder with --cwd',
    });
  }
  const root = configuredAbove(start) ?? start;
  const { output, index, guide, profile, profileVersion, templates, production, keepRuns } =
    readConfig(root);
  return {
    root,
    output,
    index,
    profile,
    guide: guide ?? 'docs/testing/TESTING_GUIDE.md',
    wantsGuide: guide !== undefined,
    staging: `${output}/.staging`,
    production,
    keepRuns,
    ...(profileVersion === undefined ? {} : { profileVersion }),
    ...(templates === undefined ? {} : { templates }),
  };
}

function configuredAbove(start: string): string | undefined {
  for (let folderPath = start; ; folderPath = dirname(folderPath)) {
    if (existsSync(join(folderPath, configName))) return folderPath;
    if (dirname(folderPath) === folderPath) return undefined;
  }
}

function readConfig(root: string): z.infer<typeof configSchema> {
  const path = join(root, configName);
  if (!existsSync(path)) return configSchema.parse({});
  const text = readFileSync(path, 'utf8');
  // Every setting is optional, so a file of comments only is one too.
  if (text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))) return configSchema.parse({});
  const document = readDocument(text, configName);
  const result = configSchema.safeParse(document.value);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, '', document.value, configSchema);
  throw new Told(
    `${configName} is not right: ${problems.map((one) => `${one.path} ${one.message}`).join('; ')}`,
    {
      code: 'invalid-config',
      where: configName,
      issues: problems,
      detail: formatProblems(problems, document.source, { closing: '' }),
    },
  );
}

const templateNames = [
  'scenario.md.hbs',
  'run.sh.hbs',
  'guide.md.hbs',
  'ui.mjs.hbs',
  'runtime.sh',
] as const;

/** The templates: the project's own file by file, else ours. */
export function readTemplates(project: Project): Templates {
  const texts = templateNames.map((name) => [name, readTemplate(project, name)] as const);
  return Object.fromEntries(texts) as unknown as Templates;
}

/** One template's text: the project's own, else ours. */
export function readTemplate({ root, templates }: Project, name: string): string {
  const own = templates === undefined ? undefined : join(root, templates, name);
  const path = own !== undefined && existsSync(own) ? own : join(packageRoot(), 'templates', name);
  return readFileSync(path, 'utf8');
}
