import { instrumentOf } from '../data/instruments.ts';
import type { Instrument } from '../data/instruments.ts';
import { headTime } from '../data/series.ts';
import { ok } from '../http.ts';
import type { Json, SandboxRequest, SandboxResponse } from '../http.ts';
import { isoSecond } from '../python-text.ts';
import { textProblems, withHostBody } from './body.ts';

/** `POST /data/validate`: whether there is such a symbol (guide ktrdr-api section 4.6; not recorded but for ibhost-validate-gateway-down). */
export function validate(
  request: SandboxRequest,
  hasGateway: boolean,
  now: number,
): SandboxResponse {
  return withHostBody(
    request,
    (members) => textProblems(members, 'symbol'),
    (members) => {
      if (!hasGateway) return { ...ok(null), never: true };
      const symbol = String(members['symbol']);
      const instrument = instrumentOf(symbol);
      return ok({
        success: true,
        is_valid: instrument !== undefined,
        error_message: instrument === undefined ? `Symbol ${symbol} not found` : null,
        contract_info: instrument === undefined ? null : contractOf(instrument, now),
        head_timestamps: {},
        error: null,
      });
    },
  );
}

function contractOf(instrument: Instrument, now: number): { readonly [key: string]: Json } {
  const { symbol, assetType, exchange, currency } = instrument;
  const isPair = assetType === 'CASH';
  return {
    symbol,
    contract: isPair
      ? `Forex('${instrument.name}', exchange='${exchange}')`
      : `Stock(symbol='${symbol}', exchange='SMART', currency='${currency}')`,
    asset_type: assetType,
    exchange,
    currency,
    description: isPair ? `${symbol}.${currency}` : symbol,
    validated_at: now / 1000,
    trading_hours: null,
    head_timestamp: `${isoSecond(headTime)}+00:00`,
  };
}
