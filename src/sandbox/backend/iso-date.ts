const shape =
  /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,6})?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date as Python's `fromisoformat` reads it, or the text of its ValueError. */
export type IsoDate =
  { readonly naive: string; readonly time: number } | { readonly error: string };

/** Reads an ISO date or time; texts of the errors as in logs-train-invalid. */
export function readIsoDate(text: string): IsoDate {
  const match = shape.exec(text);
  if (match === null) return { error: `Invalid isoformat string: '${text}'` };
  const [year, month, day] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const [hour, minute, second] = [match[5], match[6], match[7]].map((part) => Number(part ?? 0));
  if (month < 1 || month > 12) return { error: 'month must be in 1..12' };
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) {
    return { error: 'day is out of range for month' };
  }
  if ((hour ?? 0) > 23) return { error: 'hour must be in 0..23' };
  if ((minute ?? 0) > 59) return { error: 'minute must be in 0..59' };
  if ((second ?? 0) > 59) return { error: 'second must be in 0..59' };
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return { naive: new Date(time).toISOString().slice(0, 19), time };
}
