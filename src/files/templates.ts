import type Handlebars from 'handlebars';
import withoutCompiler from 'handlebars/runtime.js';
import { Told } from '../errors.ts';
import { readyTemplates } from './ready-templates.ts';

/** The texts of the templates by file name: ours, each replaced by one of the project's own where it has one. */
export interface Templates {
  readonly 'scenario.md.hbs': string;
  readonly 'run.sh.hbs': string;
  readonly 'guide.md.hbs': string;
  readonly 'ui.mjs.hbs': string;
  readonly 'runtime.sh': string;
}

type Printed = 'scenario.md.hbs' | 'run.sh.hbs' | 'guide.md.hbs' | 'ui.mjs.hbs';
type Print = (view: object) => string;

/** Strict: nothing is escaped, and a missing value is an error and not an empty text. */
export const compileOptions = { noEscape: true, strict: true, preventIndent: true } as const;

/** Prints a template. */
export async function printed(templates: Templates, name: Printed, view: object): Promise<string> {
  try {
    return (await printerOf(templates, name))(view);
  } catch (error) {
    throw new Told(
      `the template cannot be printed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      {
        code: 'broken-template',
        where: name,
        cure: 'compare it with the one that this package ships in templates/',
        cause: error,
      },
    );
  }
}

// Its own types say nothing of what it is: Handlebars, all but the compiler.
const runtime = withoutCompiler as unknown as typeof Handlebars;

const printers = new WeakMap<Templates, Map<Printed, Promise<Print>>>();

/** `check` prints each template once for each scenario. */
async function printerOf(templates: Templates, name: Printed): Promise<Print> {
  const known = printers.get(templates) ?? new Map<Printed, Promise<Print>>();
  printers.set(templates, known);
  const printer = known.get(name) ?? newPrinter(templates, name);
  known.set(name, printer);
  return printer;
}

async function newPrinter(templates: Templates, name: Printed): Promise<Print> {
  const ready = readyTemplates.get(templates[name]);
  const engine = ready ? runtime.create() : (await import('handlebars')).default.create();
  engine.registerPartial('runtime', () => templates['runtime.sh']);
  return ready ? engine.template(ready) : engine.compile(templates[name], compileOptions);
}
