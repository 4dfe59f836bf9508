import * as z from 'zod';
import { answersSchema } from '../answers/schema.ts';
import { Told } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { profileSchema } from '../profile/schema.ts';
import { scenarioFileSchema } from '../scenario/scenario.ts';
import { writeJson, type Common, type Io } from './io.ts';

const schemas: { readonly [name: string]: z.ZodType } = {
  answers: answersSchema,
  scenario: scenarioFileSchema,
  profile: profileSchema,
};

/** The names under which schemas are printed. */
export const schemaNames = Object.keys(schemas);

/** Prints a JSON Schema (2020-12), with and without `--json` alike. */
export async function schemaCommand(
  options: Common & { readonly name: string },
  io: Io,
): Promise<number> {
  const schema = schemas[options.name];
  if (!schema) {
    const close = nearest(options.name, schemaNames);
    throw new Told(`there is no schema ${JSON.stringify(options.name)}`, {
      code: 'usage',
      cure:
        close === undefined
          ? `one of ${schemaNames.join(', ')}`
          : `did you mean ${close}? (${schemaNames.join(', ')})`,
    });
  }
  writeJson(io, z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', reused: 'ref' }));
  return 0;
}
