// The exchange's description of itself: its symbols and its limits. Unknown fields, kinds of limits and states of symbols are taken as they come.
// Source: Binance spot API, rest-api.md, "Exchange information".
import { z } from 'zod';

/** All symbols of spot took 20 MB in 2026. */
export const EXCHANGE_INFO_MAX_BYTES = 64 * 1024 * 1024;

const text = z.string().catch('');

export const exchangeInfo = z.object({
  rateLimits: z.array(z.unknown()).catch([]),
  symbols: z.array(z.object({ symbol: z.string(), status: text, baseAsset: text, quoteAsset: text })),
});

export type ExchangeInfo = z.infer<typeof exchangeInfo>;

const weightLimit = z.object({ rateLimitType: z.literal('REQUEST_WEIGHT'), interval: z.literal('MINUTE'), intervalNum: z.literal(1), limit: z.number().positive() });

/** The weight that may be used per minute, if it is told. */
export function weightPerMinute(info: ExchangeInfo): number | undefined {
  for (const each of info.rateLimits) {
    const found = weightLimit.safeParse(each);
    if (found.success) return found.data.limit;
  }
  return undefined;
}
