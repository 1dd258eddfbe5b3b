// Synthetic markets for tests of evidence: calm and wild times in turn, so that volatility tells whether a barrier is touched and nothing
// tells the side; or none of it, pure noise.
import { generateSampleMarket, type Klines } from '@forecastlab/core';

const START_MS = Date.UTC(2018, 0, 1);
const DAY_MS = 86_400_000;

/** Daily bars from 2018-01-01 on. */
export function regimeMarket(seed: number, { bars = 900, hasRegimes = true }: { readonly bars?: number; readonly hasRegimes?: boolean } = {}): Klines {
  const klines = generateSampleMarket({ seed, startMs: START_MS, endMs: START_MS + bars * DAY_MS, signal: 0 });
  if (!hasRegimes) return klines;
  const scale = Float64Array.from(klines.close, () => 1);
  let [before, scaled] = [klines.close[0], klines.close[0]];
  for (let bar = 1; bar < bars; bar += 1) {
    scaled *= 1 + (klines.close[bar] / before - 1) * (Math.floor(bar / 60) % 2 === 0 ? 0.3 : 1.2);
    before = klines.close[bar];
    scale[bar] = scaled / before;
  }
  const times = (column: Float64Array): Float64Array => column.map((value, bar) => value * scale[bar]);
  return { ...klines, open: times(klines.open), high: times(klines.high), low: times(klines.low), close: times(klines.close), quoteVolume: times(klines.quoteVolume), takerBuyQuote: times(klines.takerBuyQuote) };
}
