// The rows on which a rule acts: the probability is among the highest that this market had shown in earlier folds. What later folds
// hold cannot move a threshold.
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';

/** Fewer earlier probabilities make no threshold. */
const LEAST_EARLIER_ROWS = 60;

export interface SignalChoice {
  /** Acts on the probability of a rise, or of a fall. */
  readonly side: 'long' | 'short';
  /** The highest so large a share. */
  readonly share: number;
  /** Rows that may be acted on. */
  isUsable(row: number): boolean;
}

export interface FoundSignals {
  /** Positions of the rows that signal, ascending. */
  readonly signals: readonly number[];
  /** Those that could have: usable, with a threshold from earlier folds. What random signals are drawn from. */
  readonly eligible: readonly number[];
}

/** The signals of a rule, and the rows that it had a choice of. */
export function findSignals(record: ForecastRecord, { side, share, isUsable }: SignalChoice): FoundSignals {
  const { probabilities } = record.forecasts[0];
  const classIndex = side === 'long' ? 2 : 0;
  const signals: number[] = [];
  const eligible: number[] = [];
  record.symbols.forEach((_, market) => {
    const rows = [...record.labels.keys()].filter((row) => record.symbolIndex[row] === market);
    const earlier: number[] = [];
    let pending: number[] = [];
    let fold = Number.NaN;
    let threshold = Infinity;
    for (const row of rows) {
      if (record.fold[row] !== fold) {
        fold = record.fold[row];
        earlier.push(...pending);
        pending = [];
        threshold = thresholdOf(earlier, share);
      }
      const probability = probabilities[3 * row + classIndex];
      if (threshold < Infinity && isUsable(row)) {
        eligible.push(row);
        if (probability > threshold) signals.push(row);
      }
      pending.push(probability);
    }
  });
  const ascending = (rows: number[]): number[] => rows.sort((a, b) => a - b);
  return { signals: ascending(signals), eligible: ascending(eligible) };
}

/** The probability that all but so large a share of the earlier ones do not exceed. */
function thresholdOf(earlier: readonly number[], share: number): number {
  if (earlier.length < LEAST_EARLIER_ROWS) return Infinity;
  const sorted = Float64Array.from(earlier).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((1 - share) * sorted.length))];
}
