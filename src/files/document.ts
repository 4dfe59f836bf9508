import type { PointAct } from '../scenario/acts.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { cleanupOf, commandsOf } from './commands.ts';
import { unsealed } from './hash.ts';
import type { Ink } from './ink.ts';
import { thousands } from './thousands.ts';

/** What the template of the document prints: names, order and quoting are settled here. */
export function documentView(scenario: Resolved, ink: Ink, folder?: string): object {
  const points = pointsOf(scenario.steps).map(({ point }) => point);
  const manual = scenario.steps.flatMap(({ acts }) => acts.filter((act) => act.kind === 'manual'));
  const cleanup = cleanupOf(scenario);
  return {
    name: ink.inline(scenario.name),
    category: scenario.category.charAt(0).toUpperCase() + scenario.category.slice(1),
    duration: scenario.durationSeconds,
    purpose: ink.inline(scenario.purpose),
    milestone: scenario.milestone === undefined ? '' : ink.inline(scenario.milestone),
    ref: scenario.ref === undefined ? '' : ink.inline(scenario.ref),
    flow: ink.block(
      'text',
      [scenario.trigger, ...scenario.flow].map((one) => one.replaceAll(/\s+/g, ' ')).join(' → '),
    ),
    prerequisites: scenario.prerequisites.map((one) => ink.markdown(one)),
    data: dataLines(scenario, ink),
    commands: commandsOf(scenario, folder).map(({ title, bash, expected }, index) => ({
      number: index + 1,
      title: ink.inline(title),
      block: ink.block('bash', bash),
      expected: ink.inline(expected),
    })),
    criteria: points
      .filter((point) => point.means === undefined)
      .map((point) => criterionLine(point, scenario, ink)),
    manual: manual.map(({ text }) => ink.inline(text)),
    sanity: points
      .filter((point) => point.means !== undefined)
      .map((point) => sanityLine(point, scenario, ink)),
    cleanup: cleanup === '' ? '' : ink.block('bash', cleanup),
    troubleshooting: troubleLines(scenario, ink),
    hash: unsealed,
  };
}

function dataLines(scenario: Resolved, ink: Ink): readonly string[] {
  const { calibration, acceptedBecause } = scenario;
  if (!calibration) return [];
  const { min, max } = calibration.seconds;
  return [
    `Parameters: ${Object.entries(calibration.parameters)
      .map(([name, value]) => `${ink.inline(name)} ${ink.code(String(value))}`)
      .join(', ')}`,
    `Size: about ${thousands(calibration.samples)} ${ink.inline(calibration.unit)}, ${min}–${max} seconds`,
    `Why this data: ${ink.markdown(calibration.why)}`,
    ...(acceptedBecause === undefined
      ? []
      : [`Accepted although it is small: ${ink.inline(acceptedBecause)}`]),
  ];
}

/** A criterion; that of a clean log names the lines that are known to be there, each with its reason. */
function criterionLine(point: PointAct, scenario: Resolved, ink: Ink): string {
  const { noise } = scenario;
  const text = `${ink.inline(point.text)}${defectNote(point, scenario, ink)}`;
  if (point.defect !== undefined) return text;
  if (point.kind !== 'log' || point.look.name !== 'clean' || noise.length === 0) return text;
  return `${text} (known: ${[...new Set(noise.map(({ reason }) => reason))].map((reason) => ink.markdown(reason)).join('; ')})`;
}

function sanityLine(point: PointAct, scenario: Resolved, ink: Ink): string {
  return `${ink.inline(point.text)} (else: ${ink.inline(point.means ?? '')})${defectNote(point, scenario, ink)}`;
}

/** Says of a criterion that it is known to fail, and why. */
function defectNote({ defect }: PointAct, { knownDefects }: Resolved, ink: Ink): string {
  const known = knownDefects.find(({ id }) => id === defect);
  return known ? ` – known defect ${ink.code(known.id)}: ${ink.markdown(known.title)}` : '';
}

/** Those entries that can happen to this scenario come first; the rest is in the guide. */
function troubleLines(scenario: Resolved, ink: Ink): readonly string[] {
  return scenario.troubleshooting.map(
    ({ symptom, cause, cure }) =>
      `${ink.markdown(symptom)}: ${ink.markdown(cause)}. Cure: ${cure.map((one) => ink.markdown(one)).join('; ')}`,
  );
}
