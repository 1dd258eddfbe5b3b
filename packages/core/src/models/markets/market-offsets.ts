// Class shares of markets as offsets, counted on some rows for all: a fit inside of a fit must not know the labels that it is tried on.
import { log } from '../../numeric/log.js';
import type { TrainingData } from '../classifier.js';
import { type MarketsSummary, summarizeMarkets } from './market-shares.js';

/** Logarithms of each market's class shares [rows × 3] for rows with `symbolIndex` [rows]. */
export function offsetsOfShares({ symbols }: MarketsSummary, symbolIndex: ArrayLike<number>): Float64Array {
  const logs = symbols.map(({ shares }) => shares.map(log));
  return Float64Array.from({ length: 3 * symbolIndex.length }, (_, i) => logs[symbolIndex[Math.floor(i / 3)]][i % 3]);
}

/**
 * The same data with the offsets of all rows counted anew on the rows at `training` alone, where offsets are the class shares of `markets`;
 * else as they are. A market without a row at `training` gets the shares of all. For a fit on `training` that predicts other rows of the data.
 */
export function countOffsetsOn<Data extends TrainingData>(data: Data, training: Int32Array): Data {
  const { markets, offsets, labels, sampleWeights } = data;
  if (markets === undefined || offsets === undefined) return data;
  const shares = summarizeMarkets(
    {
      labels: Int8Array.from(training, (row) => labels[row]),
      symbols: markets.symbols,
      symbolIndex: training.map((row) => markets.symbolIndex[row]),
      ...(sampleWeights === undefined ? {} : { sampleWeights: Float64Array.from(training, (row) => sampleWeights[row]) }),
    },
    markets.shareRows,
  );
  return { ...data, offsets: offsetsOfShares(shares, markets.symbolIndex) };
}

/** The markets of the rows at `positions`, as a field of training data; none where there are none. */
export function selectMarkets({ markets }: Pick<TrainingData, 'markets'>, positions: Int32Array): Pick<TrainingData, 'markets'> {
  return markets === undefined ? {} : { markets: { ...markets, symbolIndex: positions.map((row) => markets.symbolIndex[row]) } };
}
