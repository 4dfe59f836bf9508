import { collect, picked, writing } from './options.ts';
import type { Cli } from './declare.ts';

/** Commands about the project, its profile and this tool. */
export function projectCommands({ program, add, common, done, io }: Cli): void {
  add(
    'init',
    'make a project ready: configuration, index, guide, ignore rules, an example of a CI job; never overwrites',
    'scenario init --dry-run\nscenario init --profile ./profiles/mine',
  )
    .option('--profile <name>', 'the profile that a new configuration names')
    .option('--dry-run', 'print a unified diff, write nothing')
    .action(async (options) => {
      const { initCommand } = await import('../commands/init.ts');
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
    'guide',
    'write the testing guide from the profile: services, patterns, endpoints, data, logs, cures',
    'scenario guide\nscenario guide --dry-run',
  )
    .option('--dry-run', 'print a unified diff, write nothing')
    .option('--force', 'replace a guide that was edited by hand')
    .action(async (options) => {
      const { guideCommand } = await import('../commands/guide.ts');
      done(await guideCommand({ ...common(options), ...writing(options) }, io));
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
      const { profileInitCommand } = await import('../commands/profile-init.ts');
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
      const { profileCheckCommand } = await import('../commands/profile-check.ts');
      done(await profileCheckCommand({ ...common(options), services: options.service }, io));
    });

  add(
    'completion <shell> [words...]',
    'completion of commands, options and ids for bash, zsh or fish',
    'eval "$(scenario completion bash)"    # in ~/.bashrc\nscenario completion words -- run orders/   # what may come next, one a line',
  ).action(async (shell, words, options) => {
    const { completionCommand } = await import('../commands/completion.ts');
    done(await completionCommand({ ...common(options), shell, words }, program, io));
  });

  add(
    'schema <name>',
    'JSON Schema (2020-12) of answers, scenario or profile',
    'scenario schema answers',
  ).action(async (name, options) => {
    const { schemaCommand } = await import('../commands/schema.ts');
    done(await schemaCommand({ ...common(options), name }, io));
  });
}
