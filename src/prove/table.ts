import { cut, plain, type Paint } from '../run/paint.ts';
import type { PointAct } from '../scenario/acts.ts';
import { pointsOf, type Resolved } from '../scenario/model.ts';
import { isProven, type Proof } from './proof.ts';

/** A proof for a person: each criterion with the faults that it noticed, then what nobody noticed. */
export function killTable(
  proof: Proof,
  scenario: Resolved,
  paint: Paint,
  seconds: number,
  /** What stood in for the system, where that is not the sandbox. */
  on = '',
): readonly string[] {
  const { killed, landed } = proof.faults;
  const head = isProven(proof)
    ? `✅ ${paint.green('proven')}  ${proof.id}  ${killed}/${landed} faults killed  ${Math.round(seconds)} s${on}`
    : proof.reason === undefined
      ? `❌ ${paint.red('not proven')}  ${proof.id}  ${killed}/${landed} faults killed  ${Math.round(seconds)} s${on}`
      : `⛔ ${paint.yellow('no proof')}  ${proof.id}`;
  if (proof.reason !== undefined)
    return [head, `   without any fault it ended ${proof.baseline}: ${plain(proof.reason)}`];
  const width = Math.max(...proof.criteria.map(({ id }) => id.length));
  return [
    head,
    ...pointsOf(scenario.steps).map(
      ({ point }) => `   ${criterion(point, proof, paint, point.id.padEnd(width))}`,
    ),
    ...proof.survivors.flatMap(({ fault, suggestion }) => [
      `   ${paint.red('survived')} ${plain(fault)}`,
      `       ${plain(suggestion)}`,
    ]),
    ...(proof.accepted ?? []).flatMap(({ fault, because }) => [
      `   ${paint.yellow('accepted')} ${plain(fault)}`,
      `       ${plain(because)}`,
    ]),
    ...(proof.idle ?? []).map(
      (fault) => `   accepted, but it did not survive (take it out of accept): ${plain(fault)}`,
    ),
    ...proof.notLanded.map((fault) => `   did not land: ${plain(fault)}`),
  ];
}

/** What came of one criterion: the faults that it noticed, or why there are none. */
function criterion(
  { id, text, defect }: PointAct,
  proof: Proof,
  paint: Paint,
  name: string,
): string {
  const killedBy = proof.criteria.find((one) => one.id === id)?.killedBy ?? [];
  if (killedBy.length > 0) return `${paint.green('✓')} ${name}  ${plain(names(killedBy))}`;
  if (proof.decorative.includes(id))
    return `${paint.red('✗')} ${name}  decorative: nothing turned it red (${cut(plain(text), 60)})`;
  if (defect !== undefined) return `🐞 ${name}  red by a known defect already`;
  return `· ${name}  what it did not notice is accepted`;
}

/** The line of a proof that was not made anew. */
export function keptLine({ id, faults: { killed, landed } }: Proof, paint: Paint): string {
  return `✅ ${paint.green('proven')}  ${id}  ${killed}/${landed} faults killed  (as recorded: its checks have not changed; --again proves it anew)`;
}

/** The names of faults, each once, with how often. */
function names(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) {
    const name = label.split(':')[0] ?? label;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}
