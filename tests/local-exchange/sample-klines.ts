// Synthetic bars for a market of any start: the sample market of core, moved in time.
import { generateSampleMarket, SAMPLE_START_MS } from '../../packages/core/src/klines/generate-sample-market.js';
import { type Klines, klineCount } from '../../packages/core/src/klines/klines.js';
import { resampleKlines } from '../../packages/core/src/klines/resample-klines.js';

// Three weeks: a whole number of bars of every length up to the week, so that all stay on their grid.
const STEP_MS = 21 * 86_400_000;

/** Synthetic bars that open in [startMs, untilMs). A later `untilMs` never changes an earlier bar. */
export function sampleKlines(interval: string, options: { readonly seed: number; readonly startMs: number; readonly untilMs: number; readonly signal?: number }): Klines {
  const { seed, startMs, untilMs, signal } = options;
  if (interval === '1M') return resampleKlines(sampleKlines('1d', options), interval, { incomplete: 'keep' }).klines;
  const shift = Math.floor((startMs - SAMPLE_START_MS) / STEP_MS) * STEP_MS;
  const klines = generateSampleMarket({ seed, interval, startMs: startMs - shift, endMs: Math.max(untilMs - shift, SAMPLE_START_MS), ...(signal === undefined ? {} : { signal }) });
  for (let row = 0; row < klineCount(klines); row += 1) {
    (klines.openTimeMs[row] as number) += shift;
    (klines.closeTimeMs[row] as number) += shift;
  }
  return klines;
}
