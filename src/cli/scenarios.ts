import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../io/package-root.ts';
import { collect, picked, whole, writing } from './options.ts';
import type { Cli } from './declare.ts';

/** Commands that make, show and change scenarios. */
export function scenarioCommands({ add, common, done, io }: Cli): void {
  add(
    'new',
    'make a scenario: asks for what is missing at a terminal, else takes answers from a file or flags',
    newExample,
  )
    .option('--from <file>', 'answers in YAML or JSON; - reads standard input')
    .option('--from-curl <command>', 'the trigger, as a call of curl; nothing is sent')
    .option(
      '--from-openapi <file#operation>',
      'the trigger, as an operation of an OpenAPI 3 document: its operationId, or "POST /path"',
    )
    .option(
      '--set <key=value>',
      'one answer (text); key:=JSON for other types; dotted keys; beats --from',
      collect,
      [],
    )
    .option('--dry-run', 'print a unified diff, write nothing')
    .option('--force', 'replace the scenario that exists')
    .action(async (options) => {
      const { newCommand } = await import('../commands/new.ts');
      done(
        await newCommand(
          {
            ...common(options),
            set: options.set,
            dryRun: options.dryRun === true,
            force: options.force === true,
            ...picked(options, ['from', 'fromCurl', 'fromOpenapi']),
          },
          io,
        ),
      );
    });

  add(
    'check [ids...]',
    'compare documents, scripts, runtime, index and guide with what scenario files and profile give; judge any bash script by its path',
    'scenario check\nscenario check --write\nscenario check --against main\nscenario check path/to/script.sh',
  )
    .option('--write', 'renew what is derived; never scenario.yaml')
    .option('--force', 'with --write: also replace files that were edited by hand')
    .option('--against <rev>', 'a check that is weaker than at this revision of git needs a reason')
    .action(async (ids, options) => {
      const { checkCommand } = await import('../commands/check.ts');
      done(
        await checkCommand(
          {
            ...common(options),
            ...picked(options, ['against']),
            ids,
            write: options.write === true,
            force: options.force === true,
          },
          io,
        ),
      );
    });

  add('list', 'the scenarios of this project', 'scenario list --category smoke')
    .option('--category <name>', 'only this category')
    .option('--domain <name>', 'only this domain')
    .action(async (options) => {
      const { listCommand } = await import('../commands/list.ts');
      done(
        await listCommand({ ...common(options), ...picked(options, ['category', 'domain']) }, io),
      );
    });

  add(
    'find [words...]',
    'which scenarios exercise something already: ranked, with what each has of it and what it lacks',
    'scenario find "cancel half-way"\nscenario find --endpoint orders.place --service counter\nscenario find --from answers.yaml',
  )
    .option(
      '--endpoint <name>',
      'that ask this endpoint: a name, or "GET /path" (repeatable)',
      collect,
      [],
    )
    .option('--service <name>', 'that touch this service or component (repeatable)', collect, [])
    .option('--from <file>', 'that do what these answers want; - reads standard input')
    .option('--limit <n>', 'so many at most', whole, 10)
    .action(async (words, options) => {
      const { findCommand } = await import('../commands/find.ts');
      const { endpoint, service, limit } = options;
      const asked = { words, endpoints: endpoint, services: service, limit };
      done(await findCommand({ ...common(options), ...asked, ...picked(options, ['from']) }, io));
    });

  add(
    'trace <plans...>',
    'which milestone is covered by which scenario, and whether that was run and proven; what is wrong with the plans',
    'scenario trace docs/plans\nscenario trace docs/plans/M6.md --fail-on uncovered,unproven\nscenario trace docs/plans --markdown > trace.md',
  )
    .option('--markdown', 'a table in Markdown')
    .option(
      '--fail-on <names>',
      'exit 1 when a milestone is in one of these states (uncovered,never-run,red,stale,unproven), at an orphan, or at a finding; default uncovered, none for nothing',
      collect,
      [],
    )
    .action(async (plans, options) => {
      const { traceCommand } = await import('../commands/trace.ts');
      const asked = { plans, markdown: options.markdown === true, failOn: options.failOn };
      done(await traceCommand({ ...common(options), ...asked }, io));
    });

  add(
    'plan <plans...>',
    'read plans (files, or folders of them) into milestones, and draft a scenario for each E2E section',
    'scenario plan docs/plans\nscenario plan docs/plans/M3.md --json\nscenario plan docs/plans/M3.md --write --dry-run',
  )
    .option('--write', 'make the scenarios, and a section "E2E Validation" in the plan')
    .option('--dry-run', 'print a unified diff of what --write would do, write nothing')
    .option('--force', 'with --write: replace such a section also where it was edited by hand')
    .action(async (plans, options) => {
      const { planCommand } = await import('../commands/plan.ts');
      const write = options.write === true;
      done(await planCommand({ ...common(options), ...writing(options), write, plans }, io));
    });

  add(
    'import <documents...>',
    'make scenarios of a SCENARIOS.md, of recipes, or of folders of them; what could not be made a check is told',
    'scenario import docs/SCENARIOS.md --dry-run\nscenario import docs/recipes --json',
  )
    .option('--dry-run', 'print a unified diff, write nothing')
    .option('--force', 'replace scenarios that exist')
    .option('--allow-script', 'programs of the documents become scripts that the scenarios run')
    .action(async (documents, options) => {
      const { importCommand } = await import('../commands/import.ts');
      const allowScript = options.allowScript === true;
      const asked = { ...common(options), ...writing(options), documents, allowScript };
      done(await importCommand(asked, io));
    });

  add(
    'show <id>',
    'one scenario: answers, steps, criteria, last runs, proof',
    'scenario show orders/order-cancellation',
  ).action(async (id, options) => {
    const { showCommand } = await import('../commands/list.ts');
    done(await showCommand({ ...common(options), id }, io));
  });

  add(
    'rename <id> <name>',
    'give a scenario another name; its folder, its row and those that build on it follow',
    'scenario rename orders/order-cancellation "Order Recalled"',
  )
    .option('--dry-run', 'show what would change, write nothing')
    .option('--force', 'replace derived files that were edited by hand')
    .action(async (id, name, options) => {
      const { renameCommand } = await import('../commands/change.ts');
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
      const { removeCommand } = await import('../commands/change.ts');
      done(await removeCommand({ ...common(options), ...writing(options), id }, io));
    });
}

/** A whole set of answers: the example that is shipped. */
function newExample(): string {
  const answers = readFileSync(join(packageRoot(), 'examples', 'answers.yaml'), 'utf8');
  return `scenario new --from answers.yaml --set milestone=M6\nscenario new --from-openapi openapi.yaml#placeOrder\n\nanswers.yaml:\n${answers
    .replace(/^#.*\n/gm, '')
    .trimEnd()
    .replaceAll(/^/gm, '  ')}`;
}
