import { readDocumentFile, type Surroundings } from '../answers/read.ts';
import { fromCurl, type FromRequest } from '../draft/from-curl.ts';
import { fromOpenapi } from '../draft/from-openapi.ts';
import { Told } from '../errors.ts';
import type { Profile } from '../profile/schema.ts';

interface Given {
  readonly fromCurl?: string;
  readonly fromOpenapi?: string;
}

/** Answers that a request on the command line gives, and what of it is not kept, as warnings. */
export async function requestGiven(
  options: Given,
  profile: Profile,
  surroundings: Surroundings,
): Promise<{
  readonly known?: FromRequest['answers'];
  readonly lost: readonly { readonly code: string; readonly message: string }[];
}> {
  if (options.fromCurl !== undefined && options.fromOpenapi !== undefined)
    throw new Told('--from-curl and --from-openapi both say the trigger', {
      code: 'usage',
      cure: 'give one of them',
    });
  const code = options.fromCurl === undefined ? 'from-openapi' : 'from-curl';
  const read =
    options.fromCurl === undefined
      ? await openapiGiven(options.fromOpenapi, profile, surroundings)
      : fromCurl(options.fromCurl, profile);
  if (!read) return { lost: [] };
  return {
    known: read.answers,
    lost: read.findings.map(({ message, nearest }) => ({
      code,
      message: nearest === undefined ? message : `${message}; nearest: ${nearest}`,
    })),
  };
}

async function openapiGiven(
  given: string | undefined,
  profile: Profile,
  surroundings: Surroundings,
): Promise<FromRequest | undefined> {
  if (given === undefined) return undefined;
  const at = given.lastIndexOf('#');
  const [file, operation] = at < 0 ? [given, ''] : [given.slice(0, at), given.slice(at + 1)];
  if (file === '')
    throw new Told(`--from-openapi ${given} names no file`, {
      code: 'usage',
      where: '--from-openapi',
      cure: 'write --from-openapi openapi.yaml#operationId',
    });
  const document = await readDocumentFile(file, surroundings);
  return fromOpenapi(document.value, operation, profile);
}
