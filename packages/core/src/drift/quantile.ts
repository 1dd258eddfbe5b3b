// Quantiles of sorted values.

/** Linear interpolation between order statistics (Hyndman and Fan's type 7, NumPy's default). NaN for no values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** The smallest value that at least `share` of the values do not exceed: a line that lies on a value, not between two. */
export function upperQuantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length - 1)))];
}
