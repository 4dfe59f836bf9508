import { nearest } from '../nearest.ts';
import { Told } from '../errors.ts';

/** The formats of reports (contract, section 1; `github` is the step summary of a workflow). */
export const formats = ['junit', 'ctrf', 'tap', 'html', 'github'] as const;
/** One of {@link formats}. */
export type Format = (typeof formats)[number];

/** A report that is asked for. */
export interface Asked {
  readonly format: Format;
  /** As given; absent for the step summary of the workflow that runs. */
  readonly file?: string;
}

/** Reads `junit=report.xml`; throws when the format isn't known, or a file is missing. */
export function askedReport(text: string): Asked {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  const format = formats.find((one) => one === name);
  if (format === undefined) {
    const close = nearest(name, formats);
    throw new Told(`there is no report ${JSON.stringify(name)}`, {
      code: 'usage',
      where: '--report',
      cure: close === undefined ? `one of ${formats.join(', ')}` : `did you mean ${close}?`,
    });
  }
  if (file !== '') return { format, file };
  if (format === 'github') return { format };
  throw new Told(`the report ${format} needs a file`, {
    code: 'usage',
    where: '--report',
    cure: `such as --report ${format}=${examples[format]}`,
  });
}

const examples = {
  junit: 'junit.xml',
  ctrf: 'ctrf.json',
  tap: 'report.tap',
  html: 'report.html',
} as const;
