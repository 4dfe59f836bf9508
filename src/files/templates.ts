import Handlebars from 'handlebars';
import { Told } from '../errors.ts';

/** The texts of the templates by file name: ours, each replaced by one of the project's own where it has one. */
export interface Templates {
  readonly 'scenario.md.hbs': string;
  readonly 'run.sh.hbs': string;
  readonly 'runtime.sh': string;
}

/** Prints a template strictly: nothing is escaped, and a missing value is an error and not an empty text. */
export function printed(
  templates: Templates,
  name: 'scenario.md.hbs' | 'run.sh.hbs',
  view: object,
): string {
  const engine = Handlebars.create();
  engine.registerPartial('runtime', () => templates['runtime.sh']);
  try {
    return engine.compile(templates[name], { noEscape: true, strict: true, preventIndent: true })(
      view,
    );
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
