import type { Ink } from '../files/ink.ts';
import { thousands } from '../files/thousands.ts';
import { estimateRow } from '../profile/estimate.ts';
import { secondsText } from '../profile/fits.ts';
import type { Profile } from '../profile/schema.ts';

/** Where each service is, what it is for, and where its log is. */
export function serviceTable(profile: Profile, ink: Ink): string {
  return table(
    ['Service', 'Address', 'Variable', 'Purpose', 'Log'],
    Object.values(profile.services).map((service) => [
      ink.inline(service.title),
      ink.code(service.default),
      ink.code(service.variable),
      ink.markdown(service.purpose),
      service.log === undefined ? '–' : ink.code(service.log.default),
    ]),
  );
}

/** The categories: when to use which. */
export function categoryTable(profile: Profile, ink: Ink): string {
  return table(
    ['Category', 'When', 'Example'],
    Object.values(profile.categories).map(({ title, when, example }) => [
      ink.inline(title),
      ink.markdown(when),
      ink.markdown(example),
    ]),
  );
}

/** The kinds of long-running operation: where id, state and progress stand in the replies. */
export function operationTable(profile: Profile, ink: Ink): string {
  return table(
    ['Operation', 'Started by', 'Id in that reply', 'State', 'Values, in the end', 'Progress'],
    Object.entries(profile.operations).map(([kind, { title, id, state, progress }]) => [
      ink.inline(title),
      Object.entries(profile.endpoints)
        .flatMap(([name, { starts }]) => (starts === kind ? [ink.code(name)] : []))
        .join(', '),
      ink.code(id.path),
      ink.code(state.path),
      [...state.completed, ...state.failed, ...state.cancelled]
        .map((one) => ink.code(one))
        .join(', '),
      `${ink.code(progress.path)}, to ${progress.full}`,
    ]),
  );
}

/** The calibration tables, one for each domain that has any. */
export function dataTables(profile: Profile, ink: Ink): readonly object[] {
  return Object.entries(profile.domains).flatMap(([domain, { title }]) => {
    const rows = Object.entries(profile.calibrations).filter(([, row]) => row.domain === domain);
    if (rows.length === 0) return [];
    return [
      {
        title: ink.inline(title),
        table: table(
          ['Row', 'Parameters', 'Size', 'Duration', 'Fits', 'Why this data'],
          rows.map(([name, row]) => dataRow(name, row, profile, ink)),
        ),
        notes: rows.flatMap(([name, { note }]) =>
          note === undefined ? [] : [`${ink.code(name)}: ${ink.markdown(note)}`],
        ),
      },
    ];
  });
}

function dataRow(
  name: string,
  row: Profile['calibrations'][string],
  profile: Profile,
  ink: Ink,
): readonly string[] {
  const model = profile.calibrationModels[row.model];
  const samples = row.recordedSamples ?? (model ? estimateRow(row, model).samples : 0);
  const cancelled = row.cancelAt === undefined ? '' : `, cancel at ${row.cancelAt} %`;
  return [
    ink.code(name),
    Object.values(row.parameters)
      .map((value) => ink.code(String(value)))
      .join(' '),
    `~${thousands(samples)} ${ink.inline(model?.unit ?? 'samples')}`,
    `${secondsText(row.seconds)}${cancelled}`,
    row.fits.join(', '),
    ink.markdown(row.why),
  ];
}

/** The lines of the logs that tell something. */
export function logTable(profile: Profile, ink: Ink): string {
  if (profile.logPatterns.length === 0) return '';
  return table(
    ['Line', 'Tells of', 'Log of', 'When it is there'],
    profile.logPatterns.map(({ kind, present, matches, service, when, mode, note }) => [
      ink.code(present ?? matches ?? ''),
      kind,
      ink.inline(service),
      [
        ink.markdown(when),
        ...(mode === undefined ? [] : [`mode ${ink.inline(mode)} only`]),
        ...(note === undefined ? [] : [ink.markdown(note)]),
      ].join('; '),
    ]),
  );
}

/** The commands that some scenarios need. */
export function toolList(profile: Profile, ink: Ink): readonly string[] {
  return profile.tools.map(({ name, cure }) => `${ink.code(name)}: ${ink.markdown(cure)}`);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A bar would end the cell, in code too. */
function cell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/g, String.raw`\|`);
}
