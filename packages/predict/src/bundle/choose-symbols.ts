// Which markets a run answers for.
import { basename } from 'node:path';
import { type BundleMeta, ForecastLabError, isMarketSymbol, optionError } from '@forecastlab/core';
import { type ArtifactStore, symbolOfFileName } from '@forecastlab/core/node';
import { hasStoredBars } from '../bars/has-stored-bars.js';
import { marketOfBundle, symbolsOfBundle } from './market-of-bundle.js';

/** A bundle of one market answers for that one; one of several for the market that is named, in the call or by the file. Throws BAD_OPTION. */
export function chooseSymbol(meta: BundleMeta, { symbol, dataFile }: { readonly symbol?: string | undefined; readonly dataFile?: string | undefined }): string {
  if (meta.symbols === undefined) {
    if (symbol === undefined || symbol === meta.symbol) return meta.symbol;
    throw notOfBundle(meta, symbol);
  }
  if (symbol !== undefined) checkSymbol(symbol);
  if (symbol !== undefined || dataFile === undefined) return symbol ?? meta.symbol;
  const file = basename(dataFile);
  const named = meta.symbols.find((market) => market.file === file)?.symbol ?? symbolOfFileName(file);
  if (named !== null) return named;
  throw optionError('the prediction', 'symbols', `given when the name of the file does not tell the market (${file})`, undefined, `Give --symbols with one of ${symbolsOfBundle(meta).join(', ')}, or another market.`);
}

/**
 * The markets that are named, else those of the bundle whose klines are stored; with `isUpdating` all of the bundle.
 * @throws BAD_OPTION for a symbol that is none, is given twice or is not the bundle's only one, BAD_FILE when no klines are stored
 */
export async function chooseSymbols(meta: BundleMeta, { store, symbols, isUpdating }: { readonly store: ArtifactStore; readonly symbols?: readonly string[] | undefined; readonly isUpdating: boolean }): Promise<{ readonly symbols: readonly string[]; readonly notStored: readonly string[] }> {
  if (symbols !== undefined) {
    checkSymbols(symbols);
    const foreign = meta.symbols === undefined ? symbols.find((symbol) => symbol !== meta.symbol) : undefined;
    if (foreign !== undefined) throw notOfBundle(meta, foreign);
    return { symbols, notStored: [] };
  }
  const all = symbolsOfBundle(meta);
  if (isUpdating || meta.symbols === undefined) return { symbols: all, notStored: [] };
  const isStored = await Promise.all(all.map((symbol) => hasStoredBars(store, marketOfBundle(meta, symbol))));
  const stored = all.filter((_, i) => isStored[i]);
  if (stored.length > 0) return { symbols: stored, notStored: all.filter((_, i) => !isStored[i]) };
  throw new ForecastLabError('BAD_FILE', `No klines of the markets of the bundle ${meta.deployName} are stored: ${all.join(', ')}.`, {
    hint: 'Fetch them with --source auto (or forecastlab-train data update), or name a file with --data FILE.',
  });
}

/** Throws BAD_OPTION for a symbol that is none, or is given twice. */
export function checkSymbols(symbols: readonly string[]): void {
  const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
  if (twice !== undefined) throw optionError('the prediction', 'symbols', 'a list without repetition', twice);
  symbols.forEach(checkSymbol);
}

/** It ends up in paths, and in the answer. Throws BAD_OPTION. */
function checkSymbol(symbol: string): void {
  if (!isMarketSymbol(symbol)) throw optionError('the prediction', 'symbols', 'capital letters and digits, such as BTCUSDT', symbol);
}

function notOfBundle({ symbol, deployName }: BundleMeta, got: string): ForecastLabError {
  return optionError('the prediction', 'symbols', `${symbol}, the one market of the bundle ${deployName}`, got, 'Bundles of several markets, made with forecastlab-train bundle --symbols, answer for others too.');
}
