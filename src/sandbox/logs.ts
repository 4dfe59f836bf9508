/** Lines that logs gain, by the name of the service. */
export type Logs = Readonly<Record<string, readonly string[]>>;

/** Lines of several steps, one after the other. */
export function joinLogs(...parts: readonly Logs[]): Logs {
  const joined: Record<string, string[]> = {};
  for (const [name, lines] of parts.flatMap((part) => Object.entries(part))) {
    const target = (joined[name] ??= []);
    // Not spread into arguments: a backtest says ten thousand lines at once, and the stack has an end.
    for (const line of lines) target.push(line);
  }
  return joined;
}
