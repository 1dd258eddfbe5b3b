// The first bar of a market from a time on: one small question that saves asking for years before its listing.
import { z } from 'zod';
import { parseInterval } from '../../klines/interval.js';
import type { Market } from '../../klines/market.js';
import type { Asker } from './ask-exchange.js';
import { readPage } from './check-page.js';
import type { VenueFacts } from './venue.js';

const klinesAnswer = z.array(z.unknown());

/** Open time of the first bar, open or closed, that opens at `fromMs` or later; undefined when there is none yet. */
export async function firstOpenMs(asker: Asker, market: Market, options: { readonly facts: VenueFacts; readonly fromMs: number; readonly signal?: AbortSignal | undefined }): Promise<number | undefined> {
  const interval = parseInterval(market.interval);
  const startMs = Math.max(0, Math.ceil(options.fromMs));
  const query = { symbol: market.symbol, interval: interval.name, startTime: startMs, limit: 1 };
  const { value, host } = await asker.ask({ path: '/klines', query, weight: options.facts.pages[0].weight, schema: klinesAnswer, signal: options.signal });
  const page = readPage(value, { symbol: market.symbol, interval, startMs, endMs: Number.MAX_SAFE_INTEGER, limit: 1 }, host);
  return page.openTimeMs.length === 0 ? undefined : page.openTimeMs[0];
}
