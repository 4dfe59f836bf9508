import { posix } from 'node:path';
import { documentView } from './files/document.ts';
import { sealed } from './files/hash.ts';
import { ink } from './files/ink.ts';
import { pageFile, pageView, visitOf } from './files/page.ts';
import { scenarioYaml } from './files/scenario-yaml.ts';
import { scriptView } from './files/script.ts';
import { printed, type Templates } from './files/templates.ts';
import { guideView } from './guide/guide.ts';
import type { PlannedFile } from './io/commit.ts';
import type { Profile } from './profile/schema.ts';
import type { Resolved } from './scenario/model.ts';
import type { Scenario } from './scenario/scenario.ts';

/** Where the project keeps its files, relative to its root and with `/`. */
export interface Layout {
  /** Folder of the scenarios (`generated`). */
  readonly output: string;
  /** Page of the index (`docs/testing/SCENARIOS.md`). */
  readonly index: string;
  /** Patterns of addresses that the project calls production, beside the profile's. */
  readonly production?: readonly string[];
}

/** The files that are derived from a scenario: its document, its script, and what a browser does for it. */
export async function scaffold(
  resolved: Resolved,
  templates: Templates,
  layout: Layout,
): Promise<readonly PlannedFile[]> {
  const folder = `${layout.output}/${resolved.id}`;
  return [
    { path: `${folder}/scenario.md`, text: await documentText(resolved, templates, folder) },
    {
      path: `${folder}/run.sh`,
      text: await scriptText(resolved, templates, layout),
      executable: true,
    },
    ...(await visitFile(resolved, templates, folder)),
  ];
}

/** What a browser does, where the scenario visits a page. */
async function visitFile(
  resolved: Resolved,
  templates: Templates,
  folder: string,
): Promise<readonly PlannedFile[]> {
  const visit = visitOf(resolved);
  if (!visit) return [];
  const text = await printed(templates, 'ui.mjs.hbs', pageView(resolved, visit));
  return [{ path: `${folder}/${pageFile}`, text: sealed(text) }];
}

/** The scenario's own file, which is written once. */
export async function sourceFile(scenario: Scenario, layout: Layout): Promise<PlannedFile> {
  return {
    path: `${layout.output}/${scenario.id}/scenario.yaml`,
    text: await inStyle(scenarioYaml(scenario), 'yaml'),
  };
}

/** The shared runtime beside the scenarios. */
export function runtimeFile(templates: Templates, layout: Layout): PlannedFile {
  return { path: `${layout.output}/runtime.sh`, text: sealed(templates['runtime.sh']) };
}

/** The testing guide: a page of its own, from the profile alone. Its tables are laid out by prettier. */
export async function guideFile(
  profile: Profile,
  templates: Templates,
  { guide }: { readonly guide: string },
): Promise<PlannedFile> {
  const text = await printed(templates, 'guide.md.hbs', guideView(profile, ink()));
  return { path: guide, text: sealed(await inStyle(text, 'markdown', true)) };
}

/** The document; prettier looks at it only where a text could be printed in another way (its load time is a tenth of a second). */
async function documentText(
  resolved: Resolved,
  templates: Templates,
  folder: string,
): Promise<string> {
  const pen = ink();
  const text = await printed(templates, 'scenario.md.hbs', documentView(resolved, pen, folder));
  return sealed(pen.unsure ? await inStyle(text, 'markdown', true) : text);
}

async function scriptText(
  resolved: Resolved,
  templates: Templates,
  layout: Layout,
): Promise<string> {
  const folder = `${layout.output}/${resolved.id}`;
  const places = {
    runtime: posix.relative(folder, `${layout.output}/runtime.sh`),
    root: posix.relative(folder, '.') || '.',
    production: layout.production ?? [],
  };
  return sealed(await printed(templates, 'run.sh.hbs', scriptView(resolved, places)));
}

/** YAML stays as the library prints it unless something in it is escaped: there prettier may choose other quotes. */
async function inStyle(text: string, parser: 'markdown' | 'yaml', always = false): Promise<string> {
  if (!always && !text.includes('\\')) return text;
  const { format } = await import('prettier');
  return format(text, { parser });
}
