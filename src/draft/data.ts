import type { Answers } from '../answers/schema.ts';
import type { Profile } from '../profile/schema.ts';
import { isMapping } from '../mapping.ts';
import type { Json } from '../scenario/comparators.ts';
import type { Located } from './locate.ts';

/** What a request says of the data: parameters of the calibration, and what is otherwise than in the profile's payload. */
export interface Data {
  readonly calibration?: Answers['calibration'];
  readonly body?: { readonly [key: string]: Json };
  readonly omit?: readonly string[];
}

type Parameters = Record<string, string | number>;

/** Reads a body against the payload of its endpoint. */
export function dataOf(
  { endpoint, params }: Located,
  body: Json | undefined,
  profile: Profile,
): Data {
  if (!endpoint) return {};
  const parameters: Parameters = {};
  const extra: Record<string, Json> = {};
  const given = isMapping(body) ? body : {};
  const payload = endpoint.shape.payload;
  const template = isMapping(payload) ? payload : {};
  for (const [key, value] of Object.entries(given))
    if (!taken(template[key], value, parameters)) extra[key] = value;
  const rows = Object.entries(profile.calibrations).filter(
    ([, row]) => row.endpoint === endpoint.name,
  );
  const known = new Set(rows.flatMap(([, row]) => Object.keys(row.parameters)));
  for (const [key, value] of Object.entries(params))
    if (known.has(key) && !value.includes('${')) parameters[key] = value;
  const omit = Object.keys(template).filter((key) => body !== undefined && !(key in given));
  const fitting = rows.find(([, row]) =>
    Object.entries(parameters).every(([key, value]) => {
      const model = profile.calibrationModels[row.model];
      const usual = row.parameters[key] ?? model?.parameters[key]?.default;
      return usual === undefined || String(usual) === String(value);
    }),
  );
  const calibration =
    Object.keys(parameters).length === 0 ? undefined : (fitting?.[0] ?? parameters);
  return {
    ...(calibration === undefined ? {} : { calibration }),
    ...(Object.keys(extra).length === 0 ? {} : { body: extra }),
    ...(omit.length === 0 ? {} : { omit }),
  };
}

/** Whether a value is what the template makes of some parameters, which are then known. */
function taken(template: Json | undefined, value: Json, parameters: Parameters): boolean {
  if (template === undefined) return false;
  if (Array.isArray(template) && Array.isArray(value))
    return (
      template.length === value.length &&
      template.every((one: Json, index) => taken(one, (value as Json[])[index] ?? null, parameters))
    );
  const name = typeof template === 'string' ? /^\{(\w+)\}$/.exec(template)?.[1] : undefined;
  if (name === undefined) return JSON.stringify(template) === JSON.stringify(value);
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  parameters[name] = value;
  return true;
}
