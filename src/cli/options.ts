import { InvalidArgumentError, Option, type Command } from 'commander';

/** All values of an option that can be repeated. */
export function collect(value: string, all: readonly string[]): readonly string[] {
  return [...all, value];
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('It takes a number above 0.');
  return value;
}

/** What a command that writes is told by its flags. */
export function writing(options: { dryRun?: true; force?: true }): {
  dryRun: boolean;
  force: boolean;
} {
  return { dryRun: options.dryRun === true, force: options.force === true };
}

/** The flags that name scenarios beside their ids. */
export function selecting(command: Command): Command {
  return command
    .option('--all', 'every scenario')
    .option('--category <name>', 'those of a category')
    .option('--domain <name>', 'those of a domain')
    .option('--milestone <id>', 'those of a milestone');
}

/** The flag that asks for reports. */
export function reportOption(): Option {
  const what = 'junit, ctrf, tap, html or github; can be repeated';
  return new Option('--report <format=file>', what).argParser(collect).default([]);
}

/** A whole number of at least 1. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It takes a whole number, 1 or more.');
  return value;
}

/** Those options that were given. */
export function picked<T extends object, K extends keyof T>(
  options: T,
  names: readonly K[],
): Partial<Pick<T, K>> {
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ) as Partial<Pick<T, K>>;
}
