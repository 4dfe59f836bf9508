import { resolve } from 'node:path';
import { Option } from 'commander';
import { collect, picked, positive, reportOption, selecting, whole } from './options.ts';
import type { Cli } from './declare.ts';

/** Commands that run and prove scenarios, and what they run against. */
export function runCommands({ add, common, done, io }: Cli): void {
  selecting(
    add(
      'run [ids...]',
      'run scenarios, show progress, keep evidence',
      'scenario run --all --sandbox --record',
    ),
  )
    .option('--sandbox', 'start the embedded services for the time of the run')
    .option('--replay', 'on the exchanges that --record-exchanges kept; no service is needed')
    .option(
      '--speed <n>',
      'with --sandbox or --replay: how many times faster than the real services',
      positive,
    )
    .option('--record', 'keep verdict and time in result.json and in the index')
    .option(
      '--record-exchanges',
      'keep what green runs hear from their services in exchanges.json, for prove --replay',
    )
    .option('--jobs <n>', 'so many scenarios at once, the longest first', whole)
    .addOption(
      new Option('--profile-version <name>', 'with --sandbox: its version').choices([
        'era',
        'head',
      ]),
    )
    .option('--failed', 'only those that were not green in the last run')
    .option('--changed <revision>', 'only those that changed since a revision of git')
    .option('--repeat <n>', 'each scenario so many times', whole)
    .option(
      '--retry-environment <n>',
      'try again so many times what the environment kept from a verdict',
      whole,
    )
    .option('--allow-flaky', 'exit 0 also when a scenario passed only when it was tried again')
    .addOption(reportOption())
    .option('--allow-destructive', 'run what loses data that are not its own')
    .option('--allow-cost', 'run what costs money or a quota')
    .option('--allow-external', 'run what asks a service of others')
    .option('--wait-ready <seconds>', 'wait so long for the services before the first', positive)
    .option('--allow-production', 'run also where an address is production')
    .option('--allow-known-defects', 'exit 0 when nothing but known defects of the system is red')
    .action(async (ids, options) => {
      const { runCommand } = await import('../commands/run.ts');
      done(
        await runCommand(
          {
            ...common(options),
            ids,
            all: options.all === true,
            sandbox: options.sandbox === true,
            replay: options.replay === true,
            record: options.record === true,
            recordExchanges: options.recordExchanges === true,
            allowKnownDefects: options.allowKnownDefects === true,
            allowFlaky: options.allowFlaky === true,
            reports: options.report,
            allow: [
              ...(options.allowDestructive === true ? ['destructive'] : []),
              ...(options.allowCost === true ? ['cost'] : []),
              ...(options.allowExternal === true ? ['external'] : []),
              ...(options.allowProduction === true ? ['production'] : []),
            ],
            failed: options.failed === true,
            ...picked(options, [
              'category',
              'domain',
              'milestone',
              'changed',
              'speed',
              'jobs',
              'profileVersion',
              'waitReady',
              'repeat',
              'retryEnvironment',
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
      'scenario prove --all --record\nscenario prove orders/order-smoke --replay\nscenario prove --changed origin/main --sample 3',
    ),
  )
    .option('--replay', 'on the exchanges that run --record-exchanges kept; no service is needed')
    .option(
      '--where-possible',
      'on the sandbox, else on its recording; what has neither is told and passed over',
    )
    .option('--changed <revision>', 'only those that changed since a revision of git')
    .option('--sample <n>', 'so many, always the same; with --changed: these too', whole)
    .option('--speed <n>', 'how many times faster than the real services', positive)
    .option('--jobs <n>', 'so many runs at once (as many as processors, at most 4)', whole)
    .addOption(
      new Option('--profile-version <name>', 'version of the sandbox').choices(['era', 'head']),
    )
    .option('--record', 'keep the proof in proof.json and in the index')
    .option('--again', 'also, of a selection, what its recorded proof still speaks of')
    .action(async (ids, options) => {
      const { proveCommand } = await import('../commands/prove.ts');
      done(
        await proveCommand(
          {
            ...common(options),
            ids,
            all: options.all === true,
            record: options.record === true,
            again: options.again === true,
            replay: options.replay === true,
            wherePossible: options.wherePossible === true,
            ...picked(options, [
              'category',
              'domain',
              'milestone',
              'changed',
              'sample',
              'speed',
              'jobs',
              'profileVersion',
            ]),
          },
          io,
        ),
      );
    });

  add(
    'report [folders...]',
    'make reports again: of the last run, or of the folders of runs that are named',
    'scenario report --report html=report.html\nscenario report .scenario/runs/20261120T101500Z-smoke --report junit=junit.xml',
  )
    .addOption(reportOption())
    .action(async (folders, options) => {
      const { reportCommand } = await import('../commands/report.ts');
      done(await reportCommand({ ...common(options), folders, reports: options.report }, io));
    });

  add(
    'sandbox',
    'start the embedded services and wait',
    'scenario sandbox --ports auto --speed 20 --env-file .env.sandbox\nPATH="$PWD/node_modules/.bin:$PATH"   # where it is installed: npx on Node 20 keeps --env-file and `kill` to itself',
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
      const { sandboxCommand } = await import('../commands/sandbox.ts');
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
    'doctor',
    'look at tools and services: what is missing, symptom → cure; exit 3 when something needed is missing',
    'scenario doctor\nscenario doctor --for orders/order-cancellation',
  )
    .option('--for <id>', 'only what this scenario needs (repeatable)', collect, [])
    .action(async (options) => {
      const { doctorCommand } = await import('../commands/doctor.ts');
      done(await doctorCommand({ ...common(options), for: options.for }, io));
    });
}
