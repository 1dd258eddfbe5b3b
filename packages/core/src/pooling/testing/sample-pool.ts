// Synthetic markets as parts of a pool, for tests: they may begin late and have gaps.
import { buildTrainingTable } from '../../dataset/training-table.js';
import { generateSampleMarket } from '../../klines/generate-sample-market.js';
import { type Klines, takeKlines } from '../../klines/klines.js';
import { type Candidate, parseCandidate } from '../../labels/candidate.js';
import { type PoolPart, poolRows } from '../pool-rows.js';
import { poolPart } from '../pool-part.js';
import type { PooledRows } from '../pooled-rows.js';

export const DAY_MS = 86_400_000;

export interface SampleOfPool {
  readonly symbol: string;
  readonly seed: number;
  readonly signal?: number;
  /** Bars that the market lacks, counted from 2018-01-01. */
  readonly lacks?: (bar: number) => boolean;
  /** Calm and wild times in turn. Default: false. */
  readonly hasRegimes?: boolean;
  /** Default: 500. */
  readonly bars?: number;
}

/** Daily bars of one of the markets. */
export function sampleKlines({ seed, signal = 1, lacks = () => false, bars = 500, hasRegimes = false }: SampleOfPool): Klines {
  const start = Date.UTC(2018, 0, 1);
  const market = generateSampleMarket({ seed, startMs: start, endMs: start + bars * DAY_MS, signal });
  const klines = hasRegimes ? withRegimes(market) : market;
  return takeKlines(klines, Array.from({ length: bars }, (_, bar) => bar).filter((bar) => !lacks(bar)));
}

/** A pool of the markets with two flow features. */
export function samplePool(markets: readonly SampleOfPool[], candidate: Candidate | string = 'T5_X6'): PooledRows {
  return poolRows(sampleParts(markets, candidate));
}

export function sampleParts(markets: readonly SampleOfPool[], candidate: Candidate | string = 'T5_X6'): readonly PoolPart[] {
  const asked = typeof candidate === 'string' ? parseCandidate(candidate) : candidate;
  return markets.map((market) => {
    const klines = sampleKlines(market);
    const table = buildTrainingTable(klines, { features: ['rsi_14', 'macd_hist'], candidates: [asked] });
    return poolPart({ symbol: market.symbol, klines, table }, asked);
  });
}


/** The same market with calm and wild times of 60 bars in turn: volatility tells whether a barrier is touched, nothing tells the side. */
export function withRegimes(klines: Klines): Klines {
  const scale = Float64Array.from(klines.close, () => 1);
  let [before, scaled] = [klines.close[0], klines.close[0]];
  for (let bar = 1; bar < scale.length; bar += 1) {
    scaled *= 1 + (klines.close[bar] / before - 1) * (Math.floor(bar / 60) % 2 === 0 ? 0.3 : 1.2);
    before = klines.close[bar];
    scale[bar] = scaled / before;
  }
  const times = (column: Float64Array): Float64Array => column.map((value, bar) => value * scale[bar]);
  return { ...klines, open: times(klines.open), high: times(klines.high), low: times(klines.low), close: times(klines.close), quoteVolume: times(klines.quoteVolume), takerBuyQuote: times(klines.takerBuyQuote) };
}
