import { draftScenario, type Drafted } from '../draft/draft.ts';
import type { Finding } from '../draft/trigger.ts';
import type { Guess } from '../draft/category.ts';
import { withoutSecrets } from '../draft/shortened.ts';
import { readMarkdown } from '../markdown/read.ts';
import { ownPrograms } from '../profile/own-programs.ts';
import type { Profile } from '../profile/schema.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { scenariosIn, type Found } from './material.ts';

/** A scenario as it was imported, with where it comes from. */
export interface Imported {
  readonly scenario: Scenario;
  readonly path: string;
  readonly line: number;
  readonly steps: Drafted['steps'];
  readonly findings: readonly Finding[];
  readonly guesses: readonly Guess[];
  readonly folded: Drafted['folded'];
  /** A page with what the document says of earlier runs; empty where it says nothing. */
  readonly history: string;
  /** Programs of the document that the scenario runs: files beside it. */
  readonly scripts: Drafted['scripts'];
  /** The scenario that has the same legacy id already; then none is made. */
  readonly isThere?: string;
}

/** What was made of some documents, and every line of which nothing was. */
export interface ImportedAll {
  readonly imported: readonly Imported[];
  readonly notUnderstood: readonly {
    readonly path: string;
    readonly line: number;
    readonly text: string;
  }[];
}

const leftToAPerson =
  'a program of its own is left to a person; --allow-script makes it a script of the scenario';

/** What a person chose. */
export interface ImportChoice {
  /** Programs of the documents become scripts of the scenarios. */
  readonly allowScript?: boolean;
  /** The scenario that an earlier import made is made again. */
  readonly force?: boolean;
}

/** Reads documents into scenarios. Pure. */
export function importAll(
  documents: readonly { readonly path: string; readonly text: string }[],
  profile: Profile,
  known: readonly { readonly id: string; readonly ref?: string }[],
  { allowScript = false, force = false }: ImportChoice = {},
): ImportedAll {
  const own = ownPrograms(profile);
  const imported: Imported[] = [];
  const notUnderstood: { path: string; line: number; text: string }[] = [];
  const ids = new Set<string>();
  for (const { path, text } of documents) {
    const { found, notUnderstood: lost } = scenariosIn(readMarkdown(text), own);
    notUnderstood.push(
      ...lost.map((one) => ({ path, line: one.line, text: `${one.text} (${one.why})` })),
    );
    if (found.length === 0)
      notUnderstood.push({
        path,
        line: 1,
        text: 'holds no scenario: no section with commands that says its category, duration or purpose',
      });
    for (const one of found) {
      const drafted = namedApart(one, ids, profile, allowScript);
      if (!drafted.scenario) {
        notUnderstood.push(
          ...drafted.findings.map(({ line, message }) => ({
            path,
            line,
            text: `${one.name}: ${message}`,
          })),
        );
        continue;
      }
      const { scenario, steps, guesses, folded, scripts } = drafted;
      const findings = allowScript
        ? drafted.findings
        : [...drafted.findings, ...scripts.map(({ line }) => ({ line, message: leftToAPerson }))];
      ids.add(scenario.id);
      const other = known.find(
        ({ id, ref }) => ref !== undefined && ref === one.ref && !(force && id === scenario.id),
      );
      imported.push({
        scenario,
        path,
        line: one.line,
        steps,
        guesses,
        folded,
        scripts: allowScript
          ? scripts.map((script) => ({ ...script, text: scriptPage(script, path, profile) }))
          : [],
        findings: other
          ? [
              ...findings,
              {
                line: one.line,
                message: `${other.id} has the id ${one.ref ?? ''} already, so no second one is made`,
              },
            ]
          : findings,
        history: historyPage(one, path),
        ...(other && { isThere: other.id }),
      });
    }
  }
  return {
    imported,
    notUnderstood: notUnderstood.map((one) => ({ ...one, text: withoutSecrets(one.text) })),
  };
}

/** The draft under a name that no other one of the same documents has. */
function namedApart(
  found: Found,
  ids: ReadonlySet<string>,
  profile: Profile,
  allowScript: boolean,
): Drafted {
  const first = draftScenario(found, profile, allowScript);
  if (!first.scenario || !ids.has(first.scenario.id)) return first;
  for (let number = 2; ; number += 1) {
    const more = number === 2 && found.ref !== undefined ? found.ref : String(number);
    const next = draftScenario({ ...found, name: `${found.name} ${more}` }, profile, allowScript);
    if (!next.scenario || !ids.has(next.scenario.id)) return next;
  }
}

function historyPage({ name, history }: Found, path: string): string {
  if (history.length === 0) return '';
  const told = history.map(
    ({ line, text }) =>
      `Line ${line}:\n\n${withoutSecrets(text)
        .replaceAll(/^/gm, '    ')
        .replaceAll(/[ \t]+$/gm, '')}\n`,
  );
  return `# ${name}: earlier runs, as told\n\nTaken from \`${sourceOf(path)}\`. Nobody saw these runs here; they count for nothing in the index.\n\n${told.join('\n')}`;
}

/** The document as it may stand in a file: no place of one machine. */
function sourceOf(path: string): string {
  return /^(?:\/|\.\.|[A-Za-z]:)/.test(path) ? (path.split('/').at(-1) ?? path) : path;
}

/** A program of the document as a script: addresses are those of the run, where the profile knows them. */
function scriptPage(
  { line, text }: Drafted['scripts'][number],
  path: string,
  { services }: Profile,
): string {
  const addressed = Object.values(services).reduce(
    (so, { variable, default: origin }) => so.replaceAll(origin, `\${${variable}}`),
    text,
  );
  return `#!/usr/bin/env bash\n# ${sourceOf(path)}, line ${line}, taken over as it stood: read it before it runs. Green when it exits 0.\n${addressed}\n`;
}
