// Some rows of a pool: by market, or one market's as a pool of its own.
import { selectRows } from '../models/select-rows.js';
import type { Fold } from '../validation/splits/walk-forward-folds.js';
import type { PooledRows } from './pooled-rows.js';

/** The positions of each market's rows among `positions`, by index of the market. */
export function positionsByMarket({ symbols, symbolIndex }: Pick<PooledRows, 'symbols' | 'symbolIndex'>, positions: Int32Array): readonly Int32Array[] {
  return symbols.map((_, market) => positions.filter((position) => symbolIndex[position] === market));
}

/**
 * One market's rows as a pool of its own on the same calendar, with the folds cut at the same times. Folds that would leave it fewer
 * than `leastTrainingRows` rows before the test, or none in it, are left out; the others keep their numbers.
 * @example marketOfPool(pooled, folds, 0, { leastTrainingRows: 50 })
 */
export function marketOfPool(pooled: PooledRows, folds: readonly Fold[], market: number, options: { readonly leastTrainingRows: number }): { readonly rows: PooledRows; readonly folds: readonly Fold[] } {
  const own = Int32Array.from(pooled.symbolIndex.keys()).filter((row) => pooled.symbolIndex[row] === market);
  /** How many of the market's rows lie before a row of the pool. */
  const countBefore = (row: number): number => {
    const found = own.findIndex((position) => position >= row);
    return found < 0 ? own.length : found;
  };
  const cut = folds.map(({ fold, trainStartIx, trainEndIx, testStartIx, testEndIx }) => ({
    fold,
    trainStartIx: countBefore(trainStartIx),
    trainEndIx: countBefore(trainEndIx + 1) - 1,
    testStartIx: countBefore(testStartIx),
    testEndIx: countBefore(testEndIx + 1) - 1,
  }));
  return { rows: takeMarket(pooled, market, own), folds: cut.filter((fold) => fold.trainEndIx - fold.trainStartIx + 1 >= options.leastTrainingRows && fold.testEndIx >= fold.testStartIx) };
}

function takeMarket(pooled: PooledRows, market: number, own: Int32Array): PooledRows {
  return {
    features: selectRows(pooled.features, own),
    labels: Int8Array.from(own, (row) => pooled.labels[row]),
    rows: own.map((row) => pooled.rows[row]),
    openTimeMs: Float64Array.from(own, (row) => pooled.openTimeMs[row]),
    spanEnd: own.map((row) => pooled.spanEnd[row]),
    symbols: [pooled.symbols[market]],
    symbolIndex: new Int32Array(own.length),
    barrier: Float64Array.from(own, (row) => pooled.barrier[row]),
    volatility: Float64Array.from(own, (row) => pooled.volatility[row]),
    ...(pooled.volatilityFeatures === undefined ? {} : { volatilityFeatures: selectRows(pooled.volatilityFeatures, own) }),
  };
}
