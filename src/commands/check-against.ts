import { parse } from 'yaml';
import * as z from 'zod';
import type { Project } from '../io/project.ts';
import type { Revision } from '../io/revision.ts';
import { pageOf, type Finding } from '../lint/finding.ts';
import { weakenings, type Weakening } from '../lint/weakened/compare.ts';
import { pointsOf } from '../lint/weakened/points.ts';
import { nearest } from '../nearest.ts';
import { weakenedShape } from '../scenario/scenario.ts';

/** A scenario as it is now. */
export interface Now {
  readonly id: string;
  readonly script: string;
  readonly weakened: readonly Reason[];
}

type Reason = z.infer<typeof weakenedShape>;

const known = z.object({ weakened: z.array(weakenedShape) });

/** What became weaker since a revision and has no reason that came with it; reasons that speak of nothing; scenarios that are gone. */
export function againstFindings(
  project: Project,
  revision: Revision,
  scenarios: readonly Now[],
  isWhole: boolean,
): readonly Finding[] {
  const gone = isWhole ? goneSince(project, revision, scenarios) : [];
  return [...scenarios.flatMap((scenario) => weakerThan(project, revision, scenario)), ...gone];
}

function weakerThan(project: Project, revision: Revision, now: Now): readonly Finding[] {
  const folder = `${project.output}/${now.id}`;
  const script = revision.text(`${folder}/run.sh`);
  if (script === undefined) return [];
  const before = pointsOf(script);
  const present = pointsOf(now.script);
  const said = saidIn(revision.text(`${folder}/scenario.yaml`));
  // A reason holds for the change with which it came: one that stood there already licenses nothing new.
  const fresh = now.weakened.filter(
    (reason) => !said.some((old) => old.check === reason.check && old.because === reason.because),
  );
  const found = weakenings(before, present);
  const unsaid = found.filter(({ check }) => !fresh.some((reason) => reason.check === check));
  const idle = fresh.filter((reason) => !found.some(({ check }) => check === reason.check));
  return [
    ...unsaid.map((one) => findingOf(one, folder)),
    ...idle.map((reason) => idleOf(reason, [...before.keys()], folder)),
  ];
}

const reasons: Readonly<Record<Weakening['code'], string>> = {
  'removed-check': 'what nobody checks any more can break unseen',
  'wider-bound': 'more passes now than did before',
  'longer-timeout': 'a system that became slower passes now',
  'changed-check':
    'another check was asked for before, and nobody can tell whether this one is as strict',
};

function findingOf({ check, code, message, line }: Weakening, folder: string): Finding {
  return {
    code,
    severity: code === 'changed-check' ? 'warning' : 'error',
    path: line === undefined ? `${folder}/scenario.yaml` : `${folder}/run.sh`,
    ...(line === undefined ? {} : { line }),
    message,
    reason: reasons[code],
    cure: 'bring it back, or say why in scenario.yaml (weakened)',
    nearest: `weakened: [{ check: ${check}, because: … }]`,
    page: pageOf(code),
  };
}

function idleOf({ check }: Reason, ids: readonly string[], folder: string): Finding {
  const close = nearest(check, ids);
  return {
    code: 'weakened-nothing',
    severity: 'warning',
    path: `${folder}/scenario.yaml`,
    message: `a reason is given for ${check}, which did not become weaker`,
    cure: close === undefined || close === check ? 'take it away' : `did you mean ${close}?`,
    page: pageOf('weakened-nothing'),
  };
}

function goneSince(
  { output }: Project,
  revision: Revision,
  scenarios: readonly Now[],
): readonly Finding[] {
  return revision.files(output).flatMap((path) => {
    const id = new RegExp(`^${output}/([^/]+/[^/]+)/scenario\\.yaml$`).exec(path)?.[1];
    if (id === undefined || scenarios.some((now) => now.id === id)) return [];
    return [
      {
        code: 'removed-scenario',
        severity: 'warning' as const,
        path,
        message: `the scenario ${id} is gone, with all its checks`,
        cure: 'say why in the commit; one that was renamed stands under its new name',
        page: pageOf('removed-scenario'),
      },
    ];
  });
}

/** The reasons in the text of an older scenario file, however old its format is. */
function saidIn(text: string | undefined): readonly Reason[] {
  try {
    const read = known.safeParse(parse(text ?? ''));
    return read.success ? read.data.weakened : [];
  } catch {
    return [];
  }
}

/** The codes of what `check --against` finds. */
export const againstCodes = [
  'removed-check',
  'wider-bound',
  'longer-timeout',
  'changed-check',
  'weakened-nothing',
  'removed-scenario',
] as const;
