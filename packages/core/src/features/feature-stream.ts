// Features one closed bar at a time, for live use; the bits are those of computeFeatures over the same bars.
import { type Kline, klineAt, klineCount, type Klines } from '../klines/klines.js';
import type { Candidate } from '../labels/candidate.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';

export interface FeatureStream {
  readonly names: readonly string[];
  /** Takes the next closed bar, and the leading market's of the same open time where there is one, and returns its features [names], a new array; NaN where undefined, never infinite. */
  push(bar: Kline, leader?: Kline): Float64Array;
}

export interface FeatureStreamOptions {
  /** Bars already seen, oldest first: the stream goes on behind the last of them. Default: none. */
  readonly history?: Klines;
  /** The leader's bars of the same times as `history`. */
  readonly leaderHistory?: Klines;
  /** The question asked, for features that depend on it. */
  readonly candidate?: Candidate | undefined;
}

/**
 * A stream that has seen no bar but those of `history`. Bars are pushed oldest first, each once.
 * @throws BAD_OPTION for an unknown feature
 * @example createFeatureStream('flow', { history: klines }).push(nextBar)
 */
export function createFeatureStream(selection: FeatureSelection, options: FeatureStreamOptions = {}): FeatureStream {
  const definitions = resolveFeatures(selection);
  const kernels = definitions.map(({ create }) => create({ candidate: options.candidate }));
  const push = (bar: Kline, leader?: Kline): Float64Array =>
    Float64Array.from(kernels, (kernel) => {
      const value = kernel(bar, leader);
      return Number.isFinite(value) ? value : Number.NaN;
    });
  const { history, leaderHistory } = options;
  const leaders = new Map(leaderHistory === undefined ? [] : [...leaderHistory.openTimeMs].map((time, row) => [time, row]));
  for (let row = 0; history !== undefined && row < klineCount(history); row += 1) {
    const place = leaders.get(history.openTimeMs[row]);
    push(klineAt(history, row), place === undefined || leaderHistory === undefined ? undefined : klineAt(leaderHistory, place));
  }
  return { names: definitions.map(({ name }) => name), push };
}
