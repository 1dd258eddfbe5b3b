// The exchange's description of itself: its symbols and its limits. Unknown fields, kinds of limits and states of symbols are taken as they come.
// Source: Binance spot API, rest-api.md, "Exchange information".
import { z } from 'zod';
import { foreignText } from '../../text/foreign-text.js';
import type { SymbolFacts } from './exchange.js';

// All symbols of spot, 3600, took 20 MB in 2026: 6 kB each.
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_BYTES_PER_SYMBOL = 64 * 1024;
const MAX_SYMBOLS = 20_000;
const MAX_RATE_LIMITS = 100;
const MAX_NAME = 50;

/** The longest description that is read when this many symbols are asked for by name; undefined: all there are. */
export function exchangeInfoMaxBytes(named?: number): number {
  return named === undefined ? MAX_BYTES : Math.min(MAX_BYTES, (named + 4) * MAX_BYTES_PER_SYMBOL);
}

export interface ExchangeInfo {
  readonly rateLimits: readonly unknown[];
  readonly symbols: readonly SymbolFacts[];
}

// By hand: lengths come first, and a schema for each of thousands of entries would take seconds.
export const exchangeInfo: z.ZodType<ExchangeInfo> = z.unknown().transform((json, context): ExchangeInfo => {
  const refuse = (message: string, ...path: (string | number)[]): never => {
    context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  };
  if (!isRecord(json)) return refuse('not an object');
  const { symbols, rateLimits } = json;
  if (!Array.isArray(symbols)) return refuse('not an array', 'symbols');
  if (symbols.length > MAX_SYMBOLS) return refuse(`${symbols.length} entries, more than ${MAX_SYMBOLS}`, 'symbols');
  const facts: SymbolFacts[] = [];
  for (const [i, entry] of (symbols as readonly unknown[]).entries()) {
    const symbol = isRecord(entry) ? nameOf(entry.symbol) : '';
    if (!isRecord(entry) || symbol === '') return refuse('without the name of a symbol', 'symbols', i);
    facts.push({ symbol, status: nameOf(entry.status), baseAsset: nameOf(entry.baseAsset), quoteAsset: nameOf(entry.quoteAsset) });
  }
  return { rateLimits: Array.isArray(rateLimits) ? rateLimits.slice(0, MAX_RATE_LIMITS) : [], symbols: facts };
});

/** '' for what is no name. */
function nameOf(value: unknown): string {
  return typeof value === 'string' && value.length <= MAX_NAME ? foreignText(value) : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const weightLimit = z.object({ rateLimitType: z.literal('REQUEST_WEIGHT'), interval: z.literal('MINUTE'), intervalNum: z.literal(1), limit: z.number().positive() });

/** The weight that may be used per minute, if it is told. */
export function weightPerMinute(info: ExchangeInfo): number | undefined {
  for (const each of info.rateLimits) {
    const found = weightLimit.safeParse(each);
    if (found.success) return found.data.limit;
  }
  return undefined;
}
