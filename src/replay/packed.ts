import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { exchangesSchema, type Exchange, type Exchanges } from './exchanges.ts';

/** A longer text is packed: nobody reads it in a diff, and packed it needs an eighth, a log less. */
const readable = 200_000;

const packedSchema = z.object({ packed: z.base64() });

/** A recording as it stands in its file: a long body, and a long part of a log, as `{ packed }`, its gzip in base64. */
export function packed(recorded: Exchanges): unknown {
  return {
    ...recorded,
    exchanges: recorded.exchanges.map((one: Exchange) =>
      one.body.length <= readable ? one : { ...one, body: asPacked(one.body) },
    ),
    logs: recorded.logs.map((one) => {
      const text = one.lines.join('\n');
      return text.length <= readable ? one : { ...one, lines: asPacked(text) };
    }),
  };
}

/** The recording in a file. Throws what zod or zlib throws when it is none, or is broken. */
export function unpacked(document: unknown): Exchanges {
  const outer = z.looseObject({
    exchanges: z.array(z.looseObject({ body: z.unknown() })),
    logs: z.array(z.looseObject({ lines: z.unknown() })),
  });
  const { exchanges, logs, ...rest } = outer.parse(document);
  return exchangesSchema.parse({
    ...rest,
    exchanges: exchanges.map((one) => {
      const body = fromPacked(one.body);
      return body === undefined ? one : { ...one, body };
    }),
    logs: logs.map((one) => {
      const lines = fromPacked(one.lines)?.split('\n');
      return lines === undefined ? one : { ...one, lines };
    }),
  });
}

function asPacked(text: string): z.infer<typeof packedSchema> {
  return { packed: gzipSync(text, { level: 9 }).toString('base64') };
}

function fromPacked(value: unknown): string | undefined {
  const { data } = packedSchema.safeParse(value);
  return data && gunzipSync(Buffer.from(data.packed, 'base64')).toString('utf8');
}
