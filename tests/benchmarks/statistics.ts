// The few numbers that a benchmark says: medians with their range, ratios of runs that stood side by side, slopes.

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, smallest and largest of numbers that are not none. */
export function spreadOf(numbers: readonly number[]): Spread {
  if (numbers.length === 0) throw new RangeError('spreadOf needs at least one number.');
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted.length >> 1;
  const lower = (sorted.length - 1) >> 1;
  return { median: (sorted[lower] + sorted[upper]) / 2, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** Ratios `ours[round] / theirs[round]` of the rounds that both have run, or undefined where there are none. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): Spread | undefined {
  const ratios = ours.slice(0, theirs.length).map((own, round) => own / theirs[round]);
  return ratios.length === 0 ? undefined : spreadOf(ratios);
}

/** Slope of log(y) over log(x) by least squares: 1 where the cost grows with the size, 2 with its square. */
export function logSlope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return above / below;
}
