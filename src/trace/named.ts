import { nearest } from '../nearest.ts';
import type { Placed } from '../milestone/model.ts';
import type { PlannedMilestone, TraceFinding, TracedPlan } from './model.ts';
import { sectionsOf } from './prose.ts';

/** The heading of the section in which a plan says which scenarios exercise a milestone. */
const validation = /e2e\s+validation/i;

/** The scenarios that the E2E sections of each milestone of a plan name, by their id or by a path to their files. */
export function namedIn(
  plan: TracedPlan,
  ids: ReadonlySet<string>,
  output: string,
): ReadonlyMap<PlannedMilestone, Set<string>> {
  const validating = validationLines(plan);
  const titles = plan.milestones.map(({ titleLine }) => titleLine).toSorted((a, b) => a - b);
  return new Map(
    plan.milestones.map((milestone) => {
      const next = titles.find((line) => line > milestone.titleLine) ?? Infinity;
      const lines = [
        ...validating.filter(({ line }) => line >= milestone.titleLine && line < next),
        ...milestone.scenarios.flatMap((section) => linesOf(plan, section)),
      ];
      const named = lines.flatMap(({ text }) => idsIn(text, output)).filter((id) => ids.has(id));
      return [milestone, new Set(named)];
    }),
  );
}

/** Ids in the sections "E2E Validation" that no scenario has. */
export function deadScenarios(
  plan: TracedPlan,
  ids: readonly string[],
  places: { readonly output: string; readonly domains: readonly string[] },
): readonly TraceFinding[] {
  const known = new Set(ids);
  const domains = new Set(places.domains);
  const seen = new Set<string>();
  return validationLines(plan).flatMap(({ line, text }) =>
    quotedIds(text, places.output)
      .filter((id) => !known.has(id) && domains.has(id.split('/')[0] ?? ''))
      .filter((id) => !seen.has(id) && seen.add(id))
      .map((id): TraceFinding => {
        const close = nearest(id, ids) ?? ids.find((one) => one.endsWith(`/${id.split('/')[1]}`));
        return {
          code: 'dead-scenario',
          path: plan.path,
          line,
          message: `names the scenario ${id}, which does not exist`,
          cure:
            close === undefined
              ? 'make it with `scenario new`, or name one of `scenario list`'
              : `did you mean ${close}?`,
        };
      }),
  );
}

function validationLines(plan: TracedPlan): readonly Placed[] {
  return sectionsOf(plan.document)
    .filter(({ title }) => validation.test(title))
    .flatMap((section) => linesOf(plan, section));
}

function linesOf(
  { document }: TracedPlan,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): readonly Placed[] {
  return document.lines
    .slice(line - 1, endLine)
    .map((text, index) => ({ line: line + index, text }));
}

/** What looks like `orders/order-cancellation`, also inside `generated/orders/order-cancellation/scenario.md`. */
function idsIn(text: string, output: string): readonly string[] {
  return (text.match(/[\w.~/-]+/g) ?? []).flatMap((token) => {
    const inside = token.split(`${output}/`);
    const rest = (inside.length > 1 ? inside.at(-1) : token) ?? '';
    const [domain, slug, ...more] = rest.replace(/[./]+$/, '').split('/');
    const whole = more.length === 0 || inside.length > 1;
    return whole && isName(domain) && isName(slug) ? [`${domain}/${slug}`] : [];
  });
}

/** Ids that are marked as such: in backticks, as the target of a link, or behind a command of this tool. */
function quotedIds(text: string, output: string): readonly string[] {
  const marked = [
    ...text.matchAll(/`([^`]+)`/g),
    ...text.matchAll(/\]\(([^)\s]+)/g),
    ...text.matchAll(/\bscenario\s+(?:run|show|prove|check|doctor)\s+([^\s`]+)/g),
  ].map((match) => match[1] ?? '');
  return marked.flatMap((part) =>
    part.includes('/') ? part.split(/\s+/).flatMap((word) => idsIn(word, output)) : [],
  );
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
