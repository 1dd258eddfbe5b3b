// Brings several markets up to date: a few at a time under the exchange's one budget, and the failure of one keeps none of the
// others from finishing.
import pLimit from 'p-limit';
import { type ForecastLabError, isForecastLabError } from '../../../errors.js';
import { parseInterval } from '../../../klines/interval.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import { manifestPath, type Market, rawKlinesPath } from '../raw-klines-path.js';
import type { MarketUpdate } from './market-update.js';
import { updateKlines, type UpdateKlinesOptions } from './update-klines.js';

/** Long series take memory, and the exchange's budget is one for all. */
const MARKETS_AT_A_TIME = 4;
const SHORT_BAR_MS = 300_000;
const SHORT_BAR_MARKETS_AT_A_TIME = 2;

export interface FailedMarket {
  readonly symbol: string;
  readonly interval: string;
  readonly error: ForecastLabError;
}

/** Both in the order in which the markets were given. */
export interface MarketsUpdate {
  readonly updated: readonly MarketUpdate[];
  readonly failed: readonly FailedMarket[];
}

export interface UpdateMarketsOptions extends UpdateKlinesOptions {
  /** Told when a market is done, whether it failed or not. */
  readonly onMarket?: (market: Market, outcome: MarketUpdate | ForecastLabError) => void;
}

/**
 * Updates every market. Symbols of which nothing is stored yet are checked with the exchange first, all at once.
 * @throws the signal's reason when stopped, and what is no ForecastLabError; all other failures are in the answer
 */
export async function updateMarkets(store: ArtifactStore, markets: readonly Market[], options: UpdateMarketsOptions): Promise<MarketsUpdate> {
  const unknown = options.source === 'dumps' ? new Map<string, ForecastLabError>() : await unknownSymbols(store, markets, options);
  const isShort = markets.some(({ interval }) => parseInterval(interval).ms <= SHORT_BAR_MS);
  const limit = pLimit(isShort ? SHORT_BAR_MARKETS_AT_A_TIME : MARKETS_AT_A_TIME);
  const counts = new Map<Market, readonly [number, number]>();
  const outcomes = await Promise.all(
    markets.map((market) =>
      limit(async () => {
        const onProgress = (fetched: number, total: number): void => {
          counts.set(market, [fetched, total]);
          options.onProgress?.(sum(counts, 0), sum(counts, 1));
        };
        const outcome = unknown.get(market.symbol) ?? (await updateKlines(store, market, { ...options, onProgress }).catch(orFailure(options.signal)));
        options.onMarket?.(market, outcome);
        return outcome;
      }),
    ),
  );
  const failed = markets.flatMap(({ symbol, interval }, i) => {
    const outcome = outcomes[i];
    return isForecastLabError(outcome) ? [{ symbol, interval, error: outcome }] : [];
  });
  return { updated: outcomes.filter((outcome): outcome is MarketUpdate => !isForecastLabError(outcome)), failed };
}

/** What the exchange says of the symbols that are new here. */
async function unknownSymbols(store: ArtifactStore, markets: readonly Market[], { exchange }: UpdateMarketsOptions): Promise<Map<string, ForecastLabError>> {
  const fresh: string[] = [];
  for (const market of markets) if (!(await isStored(store, market))) fresh.push(market.symbol);
  const errors = new Map<string, ForecastLabError>();
  if (fresh.length === 0) return errors;
  for (const [symbol, facts] of await exchange.checkSymbols([...new Set(fresh)])) if (isForecastLabError(facts)) errors.set(symbol, facts);
  return errors;
}

async function isStored(store: ArtifactStore, market: Market): Promise<boolean> {
  let path: string;
  try {
    path = rawKlinesPath(market);
  } catch (error) {
    if (isForecastLabError(error)) return false; // no symbol at all: the exchange knows what is near
    throw error;
  }
  return (await store.exists(path)) || (await store.exists(manifestPath(market)));
}

/** A failure that belongs to one market; being stopped belongs to all. */
function orFailure(signal: AbortSignal | undefined): (error: unknown) => ForecastLabError {
  return (error) => {
    if (signal?.aborted === true || !isForecastLabError(error)) throw error;
    return error;
  };
}

function sum(counts: ReadonlyMap<Market, readonly [number, number]>, which: 0 | 1): number {
  let total = 0;
  for (const pair of counts.values()) total += pair[which];
  return total;
}
