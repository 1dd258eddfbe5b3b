// Features one closed bar at a time, for live use; the bits are those of computeFeatures over the same bars.
import { type Kline, klineAt, klineCount, type Klines } from '../klines/klines.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';

export interface FeatureStream {
  readonly names: readonly string[];
  /** Takes the next closed bar and returns its features [names], a new array; NaN where undefined, never infinite. */
  push(bar: Kline): Float64Array;
}

export interface FeatureStreamOptions {
  /** Bars already seen, oldest first: the stream goes on behind the last of them. Default: none. */
  readonly history?: Klines;
}

/**
 * A stream that has seen no bar but those of `history`. Bars are pushed oldest first, each once.
 * @throws BAD_OPTION for an unknown feature
 * @example createFeatureStream('flow', { history: klines }).push(nextBar)
 */
export function createFeatureStream(selection: FeatureSelection, options: FeatureStreamOptions = {}): FeatureStream {
  const definitions = resolveFeatures(selection);
  const kernels = definitions.map(({ create }) => create());
  const push = (bar: Kline): Float64Array =>
    Float64Array.from(kernels, (kernel) => {
      const value = kernel(bar);
      return Number.isFinite(value) ? value : Number.NaN;
    });
  const { history } = options;
  if (history !== undefined) for (let row = 0; row < klineCount(history); row += 1) push(klineAt(history, row));
  return { names: definitions.map(({ name }) => name), push };
}
