import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { exchangesSchema, type Exchange, type Exchanges } from './exchanges.ts';

/** A longer body is packed: nobody reads it in a diff, and packed it needs an eighth. */
const readable = 200_000;

const packedSchema = z.object({ packed: z.base64() });

/** A recording as it stands in its file: a long body as `{ packed }`, its gzip in base64. */
export function packed(recorded: Exchanges): unknown {
  return {
    ...recorded,
    exchanges: recorded.exchanges.map((one: Exchange) =>
      one.body.length <= readable
        ? one
        : { ...one, body: { packed: gzipSync(one.body, { level: 9 }).toString('base64') } },
    ),
  };
}

/** The recording in a file. Throws what zod or zlib throws when it is none, or is broken. */
export function unpacked(document: unknown): Exchanges {
  const outer = z.looseObject({ exchanges: z.array(z.looseObject({ body: z.unknown() })) });
  const { exchanges, ...rest } = outer.parse(document);
  return exchangesSchema.parse({ ...rest, exchanges: exchanges.map(unpackedExchange) });
}

function unpackedExchange(one: { readonly body?: unknown }): object {
  const body = packedSchema.safeParse(one.body);
  return body.success
    ? { ...one, body: gunzipSync(Buffer.from(body.data.packed, 'base64')).toString('utf8') }
    : one;
}
