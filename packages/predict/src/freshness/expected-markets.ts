// The markets whose predictions are expected.
import { type BundleMeta, optionError } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { predictionFolder } from '../answers/answer-path.js';
import { checkSymbols } from '../bundle/choose-symbols.js';
import { hasStoredBars } from '../bars/has-stored-bars.js';
import { marketOfBundle, symbolsOfBundle } from '../bundle/market-of-bundle.js';

/**
 * Those that are named; else the bundle's only one; of several those whose klines are stored or that have been predicted before, and all when none is.
 * @throws BAD_OPTION for a symbol that is none, is given twice, or is not the bundle's only one
 */
export async function expectedMarkets(store: ArtifactStore, meta: BundleMeta, symbols: readonly string[] | undefined): Promise<readonly string[]> {
  if (symbols !== undefined) {
    checkSymbols(symbols);
    const foreign = meta.symbols === undefined ? symbols.find((symbol) => symbol !== meta.symbol) : undefined;
    if (foreign !== undefined) throw optionError('freshness', 'symbols', `${meta.symbol}, the one market of the active bundle`, foreign);
    return symbols;
  }
  const all = symbolsOfBundle(meta);
  if (meta.symbols === undefined) return all;
  const isExpected = await Promise.all(all.map(async (symbol) => (await hasStoredBars(store, marketOfBundle(meta, symbol))) || (await store.list(`${predictionFolder(symbol)}/`)).length > 0));
  const expected = all.filter((_, i) => isExpected[i]);
  return expected.length > 0 ? expected : all;
}
