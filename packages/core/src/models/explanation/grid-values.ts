// The values at which a feature is held for partial dependence: as scikit-learn's partial_dependence chooses them.

export interface GridRange {
  /** Most values. */
  readonly gridSize: number;
  /** Quantiles of the feature between which values are taken: beyond them there are too few rows to learn from. */
  readonly percentiles: readonly [number, number];
}

/**
 * Ascending values: each distinct one of `column` ([rows], NaN left out) when there are fewer than `gridSize`, else `gridSize` of them at
 * equal steps from the lower percentile to the upper. Empty for a column without values.
 */
export function gridValues(column: Float64Array, { gridSize, percentiles }: GridRange): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length < gridSize) return distinct;
  const [low, high] = percentiles.map((share) => quantile(sorted, share));
  if (!(high > low)) return Float64Array.of(low);
  return Float64Array.from({ length: gridSize }, (_, i) => (i === gridSize - 1 ? high : low + ((high - low) * i) / (gridSize - 1)));
}

/** scipy's mquantiles with alphap = betap = 0.4, of ascending values. */
function quantile(sorted: Float64Array, share: number): number {
  const place = sorted.length * share + 0.4 + share * 0.2;
  const below = Math.floor(Math.min(Math.max(place, 1), sorted.length - 1));
  const part = Math.min(Math.max(place - below, 0), 1);
  return (1 - part) * sorted[below - 1] + part * sorted[Math.min(below, sorted.length - 1)];
}
