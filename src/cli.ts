import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes, Told } from './errors.ts';
import { packageRoot } from './io/package-root.ts';
import type { Common, Io } from './commands/io.ts';

/** Exits with the code of the command: the only exit, and the only catch at the top. */
async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    let code = 0;
    const program = build(io, (result) => {
      code = result;
    });
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return tellError(error, argv, io);
  }
}

function build(io: Io, done: (code: number) => void): Command {
  const program = new Command('scenario')
    .description(
      'End-to-end scenarios that can be trusted: document, script, index entry, verdict and proof.',
    )
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: () => undefined })
    .version(version(), '--version', 'print the version')
    .addHelpText(
      'after',
      '\nExample:\n  scenario new --from answers.yaml && scenario run --all --sandbox\n\nEach command has its own --help.',
    )
    .exitOverride()
    .showSuggestionAfterError(true)
    .enablePositionalOptions();
  const common = (options: { cwd?: string; json?: boolean }): Common => ({
    cwd: options.cwd ?? process.cwd(),
    here: process.cwd(),
    json: options.json === true,
  });
  const add = (
    name: string,
    description: string,
    example: string | (() => string),
    under: Command = program,
  ): Command =>
    under
      .command(name)
      .description(description)
      .option('--json', 'one JSON document on stdout')
      .option('--cwd <dir>', 'work on the project in this folder')
      .option('--debug', 'with an error, show where in the program it arose')
      .addHelpText(
        'after',
        () =>
          `\nExample:\n  ${(typeof example === 'string' ? example : example()).replaceAll('\n', '\n  ')}`,
      );

  add(
    'new',
    'make a scenario: asks for what is missing at a terminal, else takes answers from a file or flags',
    newExample,
  )
    .option('--from <file>', 'answers in YAML or JSON; - reads standard input')
    .option(
      '--set <key=value>',
      'one answer (text); key:=JSON for other types; dotted keys; beats --from',
      collect,
      [],
    )
    .option('--dry-run', 'print a unified diff, write nothing')
    .option('--force', 'replace the scenario that exists')
    .action(async (options) => {
      const { newCommand } = await import('./commands/new.ts');
      done(
        await newCommand(
          {
            ...common(options),
            set: options.set,
            dryRun: options.dryRun === true,
            force: options.force === true,
            ...(options.from === undefined ? {} : { from: options.from }),
          },
          io,
        ),
      );
    });

  add(
    'check [ids...]',
    'compare documents, scripts, runtime, index and guide with what scenario files and profile give',
    'scenario check\nscenario check --write',
  )
    .option('--write', 'renew what is derived; never scenario.yaml')
    .option('--force', 'with --write: also replace files that were edited by hand')
    .action(async (ids, options) => {
      const { checkCommand } = await import('./commands/check.ts');
      done(
        await checkCommand(
          { ...common(options), ids, write: options.write === true, force: options.force === true },
          io,
        ),
      );
    });

  add('list', 'the scenarios of this project', 'scenario list --category smoke')
    .option('--category <name>', 'only this category')
    .option('--domain <name>', 'only this domain')
    .action(async (options) => {
      const { listCommand } = await import('./commands/list.ts');
      done(
        await listCommand({ ...common(options), ...picked(options, ['category', 'domain']) }, io),
      );
    });

  add(
    'show <id>',
    'one scenario: answers, steps, criteria, last runs, proof',
    'scenario show orders/order-cancellation',
  ).action(async (id, options) => {
    const { showCommand } = await import('./commands/list.ts');
    done(await showCommand({ ...common(options), id }, io));
  });

  selecting(
    add(
      'run [ids...]',
      'run scenarios, show progress, keep evidence',
      'scenario run --all --sandbox --record',
    ),
  )
    .option('--sandbox', 'start the embedded services for the time of the run')
    .option('--speed <n>', 'with --sandbox: how many times faster than the real services', positive)
    .option('--record', 'keep verdict and time in result.json and in the index')
    .option('--jobs <n>', 'so many scenarios at once, the longest first', whole)
    .addOption(
      new Option('--profile-version <name>', 'with --sandbox: its version').choices([
        'era',
        'head',
      ]),
    )
    .option('--allow-destructive', 'run what loses data that are not its own')
    .option('--allow-cost', 'run what costs money or a quota')
    .option('--allow-external', 'run what asks a service of others')
    .option('--wait-ready <seconds>', 'wait so long for the services before the first', positive)
    .option('--allow-production', 'run also where an address is production')
    .option('--allow-known-defects', 'exit 0 when nothing but known defects of the system is red')
    .action(async (ids, options) => {
      const { runCommand } = await import('./commands/run.ts');
      done(
        await runCommand(
          {
            ...common(options),
            ids,
            all: options.all === true,
            sandbox: options.sandbox === true,
            record: options.record === true,
            allowKnownDefects: options.allowKnownDefects === true,
            allow: [
              ...(options.allowDestructive === true ? ['destructive'] : []),
              ...(options.allowCost === true ? ['cost'] : []),
              ...(options.allowExternal === true ? ['external'] : []),
              ...(options.allowProduction === true ? ['production'] : []),
            ],
            ...picked(options, [
              'category',
              'domain',
              'speed',
              'jobs',
              'profileVersion',
              'waitReady',
            ]),
          },
          io,
        ),
      );
    });

  selecting(
    add(
      'prove [ids...]',
      'plant faults, one at a time, and see each scenario go red for the right reason',
      'scenario prove --all --record',
    ),
  )
    .option('--speed <n>', 'how many times faster than the real services', positive)
    .option('--jobs <n>', 'so many runs at once (as many as processors, at most 4)', whole)
    .addOption(
      new Option('--profile-version <name>', 'version of the sandbox').choices(['era', 'head']),
    )
    .option('--record', 'keep the proof in proof.json and in the index')
    .action(async (ids, options) => {
      const { proveCommand } = await import('./commands/prove.ts');
      done(
        await proveCommand(
          {
            ...common(options),
            ids,
            all: options.all === true,
            record: options.record === true,
            ...picked(options, ['category', 'domain', 'speed', 'jobs', 'profileVersion']),
          },
          io,
        ),
      );
    });

  add(
    'sandbox',
    'start the embedded services and wait',
    'scenario sandbox --ports auto --speed 20 --env-file .env.sandbox',
  )
    .addOption(
      new Option('--ports <which>', "the services' own ports, or free ones")
        .choices(['fixed', 'auto'])
        .default('fixed'),
    )
    .option('--speed <n>', 'divides all times', positive, 1)
    .option(
      '--env-file <file>',
      'where addresses and time scale are written once every port answers',
    )
    .addOption(
      new Option('--profile-version <name>', 'version of the services')
        .choices(['era', 'head'])
        .default('era'),
    )
    .option(
      '--mode <kind=value>',
      'how the services are set up, such as kind=value; can be repeated',
      collect,
      [],
    )
    .action(async (options) => {
      const { sandboxCommand } = await import('./commands/sandbox.ts');
      done(
        await sandboxCommand(
          {
            ...common(options),
            ports: options.ports,
            speed: options.speed,
            profileVersion: options.profileVersion,
            modes: options.mode,
            ...(options.envFile === undefined ? {} : { envFile: resolve(options.envFile) }),
          },
          io,
        ),
      );
    });

  add(
    'guide',
    'write the testing guide from the profile: services, patterns, endpoints, data, logs, cures',
    'scenario guide\nscenario guide --dry-run',
  )
    .option('--dry-run', 'print a unified diff, write nothing')
    .option('--force', 'replace a guide that was edited by hand')
    .action(async (options) => {
      const { guideCommand } = await import('./commands/guide.ts');
      done(await guideCommand({ ...common(options), ...writing(options) }, io));
    });

  add(
    'doctor',
    'look at tools and services: what is missing, symptom → cure; exit 3 when something needed is missing',
    'scenario doctor\nscenario doctor --for orders/order-cancellation',
  )
    .option('--for <id>', 'only what this scenario needs (repeatable)', collect, [])
    .action(async (options) => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      done(await doctorCommand({ ...common(options), for: options.for }, io));
    });

  add(
    'init',
    'make a project ready: configuration, index, guide, ignore rules, an example of a CI job; never overwrites',
    'scenario init --dry-run\nscenario init --profile ./profiles/mine',
  )
    .option('--profile <name>', 'the profile that a new configuration names')
    .option('--dry-run', 'print a unified diff, write nothing')
    .action(async (options) => {
      const { initCommand } = await import('./commands/init.ts');
      done(
        await initCommand(
          {
            ...common(options),
            dryRun: options.dryRun === true,
            ...picked(options, ['profile']),
          },
          io,
        ),
      );
    });

  add(
    'rename <id> <name>',
    'give a scenario another name; its folder, its row and those that build on it follow',
    'scenario rename orders/order-cancellation "Order Recalled"',
  )
    .option('--dry-run', 'show what would change, write nothing')
    .option('--force', 'replace derived files that were edited by hand')
    .action(async (id, name, options) => {
      const { renameCommand } = await import('./commands/change.ts');
      done(await renameCommand({ ...common(options), ...writing(options), id, name }, io));
    });

  add(
    'remove <id>',
    'take a scenario away: its folder and its row; refused when another one builds on it',
    'scenario remove orders/order-cancellation --dry-run',
  )
    .option('--dry-run', 'show what would go, remove nothing')
    .option('--force', 'remove what was written or edited by hand too')
    .action(async (id, options) => {
      const { removeCommand } = await import('./commands/change.ts');
      done(await removeCommand({ ...common(options), ...writing(options), id }, io));
    });

  const profile = program
    .command('profile')
    .description('describe a system under test: make a profile, hold one against live services')
    .addHelpText('after', '\nExample:\n  scenario profile init bakery && scenario profile check');
  add(
    'init <name>',
    'write a small commented profile that loads: asks at a terminal, else takes --set and proposals',
    'scenario profile init bakery --set url=http://localhost:7070 --set healthPath=/ping',
    profile,
  )
    .option(
      '--set <key=value>',
      'title, domain, service, url, healthPath, healthField, healthValue',
      collect,
      [],
    )
    .option('--dry-run', 'print a unified diff, write nothing')
    .action(async (name, options) => {
      const { profileInitCommand } = await import('./commands/profile-init.ts');
      const dryRun = options.dryRun === true;
      done(await profileInitCommand({ ...common(options), name, set: options.set, dryRun }, io));
    });
  add(
    'check',
    'hold the profile against live services, by GET only: which health check, endpoint or pattern does not hold',
    'scenario profile check\nscenario profile check --service counter --json',
    profile,
  )
    .option('--service <name>', 'only this service (repeatable)', collect, [])
    .action(async (options) => {
      const { profileCheckCommand } = await import('./commands/profile-check.ts');
      done(await profileCheckCommand({ ...common(options), services: options.service }, io));
    });

  add(
    'completion <shell> [words...]',
    'completion of commands, options and ids for bash, zsh or fish',
    'eval "$(scenario completion bash)"    # in ~/.bashrc\nscenario completion words -- run orders/   # what may come next, one a line',
  ).action(async (shell, words, options) => {
    const { completionCommand } = await import('./commands/completion.ts');
    done(await completionCommand({ ...common(options), shell, words }, program, io));
  });

  add(
    'schema <name>',
    'JSON Schema (2020-12) of answers, scenario or profile',
    'scenario schema answers',
  ).action(async (name, options) => {
    const { schemaCommand } = await import('./commands/schema.ts');
    done(await schemaCommand({ ...common(options), name }, io));
  });
  return program;
}

/** A whole set of answers: the example that is shipped. */
function newExample(): string {
  const answers = readFileSync(join(packageRoot(), 'examples', 'answers.yaml'), 'utf8');
  return `scenario new --from answers.yaml --set milestone=M6\n\nanswers.yaml:\n${answers
    .replace(/^#.*\n/gm, '')
    .trimEnd()
    .replaceAll(/^/gm, '  ')}`;
}

function version(): string {
  const { version: text } = JSON.parse(
    readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
  ) as { version: string };
  return text;
}

function collect(value: string, all: readonly string[]): readonly string[] {
  return [...all, value];
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('It takes a number above 0.');
  return value;
}

function writing(options: { dryRun?: true; force?: true }): { dryRun: boolean; force: boolean } {
  return { dryRun: options.dryRun === true, force: options.force === true };
}

/** The flags that name scenarios beside their ids. */
function selecting(command: Command): Command {
  return command
    .option('--all', 'every scenario')
    .option('--category <name>', 'those of a category')
    .option('--domain <name>', 'those of a domain');
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It takes a whole number, 1 or more.');
  return value;
}

/** Those options that were given. */
function picked<T extends object, K extends keyof T>(
  options: T,
  names: readonly K[],
): Partial<Pick<T, K>> {
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ) as Partial<Pick<T, K>>;
}

function tellError(error: unknown, argv: readonly string[], io: Io): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const told =
    error instanceof CommanderError ? usage(error) : error instanceof Told ? error : undefined;
  if (io.signal.aborted && !told) return exitCodes.interrupted;
  const { code, message, where, cure, issues } = told ?? {
    code: 'bug',
    message: error instanceof Error ? error.message : String(error),
    where: undefined,
    cure: 'this is a mistake in new-scenario itself: run again with --debug and report it',
    issues: undefined,
  };
  if (argv.includes('--json')) {
    const document = {
      code,
      message,
      ...(where === undefined ? {} : { where }),
      ...(cure === undefined ? {} : { cure }),
      ...(issues === undefined ? {} : { issues }),
    };
    io.stdout.write(`${JSON.stringify({ error: document }, null, 2)}\n`);
  } else {
    io.stderr.write(`${told?.detail ?? oneLine(message, where, cure)}\n`);
  }
  if (argv.includes('--debug') && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`);
  return told?.exitCode ?? exitCodes.bug;
}

function oneLine(message: string, where: string | undefined, cure: string | undefined): string {
  return (
    [where === undefined ? 'error' : where, message].join(': ') +
    (cure === undefined ? '' : ` (${cure})`)
  );
}

/** Commander's messages, which name the nearest flag or command already. */
function usage(error: CommanderError): Told {
  const text = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const help = error.code === 'commander.help' ? 'name a command' : text;
  return new Told(help, { code: 'usage', cure: 'see `scenario --help`' });
}

/** One signal that aborts when the process is asked to end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => controller.abort(name));
  return controller.signal;
}

// A reader that has seen enough (`scenario list | head -1`) closes the pipe: that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout)
      process.stderr.write(`cannot write to standard output: ${error.message}\n`);
    process.exitCode = exitCodes.notWell;
  });
}

const argv = process.argv.slice(2);
// The same file serves both bins: `new-scenario …` is `scenario new …`.
const called = /new-scenario(?:\.[cm]?js)?$/.test(process.argv[1] ?? '') ? ['new', ...argv] : argv;
// A function of its own: a bundle that awaits at its top can't be a plain script, which V8 starts from its code cache.
void start();

async function start(): Promise<void> {
  process.exitCode = await main(called, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interruption(),
  });
}
