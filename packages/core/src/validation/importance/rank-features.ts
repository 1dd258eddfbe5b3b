// From what permuting did to each fold to one importance per feature: pooled over time, with an interval, and ranked.
import { mean } from '../metrics/probability-scores.js';
import { blockLengthFor, DEFAULT_SAMPLES } from '../skill/block-bootstrap.js';
import { gainTest } from '../skill/gain-test.js';
import type { GainTest } from '../skill/gain-test.js';
import { hasEnoughEvents } from '../skill/has-enough-events.js';
import { SKILL_LEVEL } from '../skill/skill-verdict.js';
import type { Fold } from '../splits/walk-forward-folds.js';
import type { FeatureGroup } from './feature-groups.js';
import type { PermutedFeature } from './importance-report.js';

/** What permuting did to one fold. */
export interface FoldRises {
  /** [test rows] loss, nothing permuted. */
  readonly losses: Float64Array;
  /** [groups][repeats] of [test rows]: rise of the loss. */
  readonly rises: readonly (readonly Float64Array[])[];
}

/** Where the rows stand in time, and how their labels overlap. */
export interface RankingOptions {
  readonly labels: Int8Array;
  readonly folds: readonly Fold[];
  /** Horizon in bars. */
  readonly T: number;
  readonly seed: number;
}

/** `measured`: [folds]. Of a row that several folds test the newest fold counts, as in an evaluation. */
export function rankFeatures(measured: readonly FoldRises[], groups: readonly FeatureGroup[], { labels, folds, T, seed }: RankingOptions): { readonly meanLoss: number; readonly features: readonly PermutedFeature[] } {
  const pool = pooler(folds, labels.length);
  const tested = pool(folds.map((fold) => Float64Array.from(labels.subarray(fold.testStartIx, fold.testEndIx + 1))));
  const blockLength = blockLengthFor(tested.length, T);
  const isTestable = hasEnoughEvents(tested, blockLength);
  const found = groups.map((group, index) => {
    const repeats = measured[0].rises[index].map((_, repeat) => mean(pool(measured.map(({ rises }) => rises[index][repeat]))));
    const ofRows = measured.map(({ rises }) => meanOfColumns(rises[index]));
    const pooled = pool(ofRows);
    return { group, importance: mean(pooled), folds: ofRows.map(mean), repeats, test: isTestable ? gainTest(pooled, { blockLength, seed, samples: DEFAULT_SAMPLES }) : null };
  });
  const adjusted = holm(found.map(({ test }) => twoSided(test)));
  const features = found.map(({ group, importance, folds: ofFolds, repeats, test }, index): PermutedFeature => {
    const adjustedPValue = adjusted[index];
    return {
      ...group,
      importance,
      interval: test === null ? null : [test.low, test.high],
      pValue: twoSided(test),
      adjustedPValue,
      isMeasurable: test !== null && test.low > 0 && adjustedPValue !== null && adjustedPValue < SKILL_LEVEL,
      folds: ofFolds,
      foldDeviation: deviation(ofFolds),
      repeatDeviation: deviation(repeats),
    };
  });
  return { meanLoss: mean(pool(measured.map(({ losses }) => losses))), features: features.sort((a, b) => b.importance - a.importance) };
}

/** Joins columns [folds] of [test rows] in time order, each row as the newest fold has it. */
function pooler(folds: readonly Fold[], rows: number): (columns: readonly Float64Array[]) => Float64Array {
  const owner = new Int32Array(rows).fill(-1);
  folds.forEach(({ testStartIx, testEndIx }, index) => owner.fill(index, testStartIx, testEndIx + 1));
  const positions = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => owner[row] >= 0);
  return (columns) => Float64Array.from(positions, (row) => columns[owner[row]][row - folds[owner[row]].testStartIx]);
}

function meanOfColumns(columns: readonly Float64Array[]): Float64Array {
  return columns[0].map((_, row) => columns.reduce((sum, column) => sum + column[row], 0) / columns.length);
}

const twoSided = (test: GainTest | null): number | null => (test === null ? null : Math.min(1, 2 * test.pValue));

/** Holm's step-down (1979); what was not tested (null) stays so and is counted all the same. */
function holm(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const adjusted: (number | null)[] = pValues.map(() => null);
  const order = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  let highest = 0;
  order.forEach(({ p, index }, rank) => {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = highest;
  });
  return adjusted;
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) * (value - center), 0) / (values.length - 1));
}
