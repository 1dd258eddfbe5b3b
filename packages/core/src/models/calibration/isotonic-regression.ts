// The rising curve nearest to the data in least squares, by pooling adjacent violators (Ayer et al. 1955; Barlow et al.
// 1972), as scikit-learn's IsotonicRegression: equal x are one point, between points the curve is a straight line.

/** A rising curve through points; level before the first and after the last. Both arrays [points], at least one. */
export interface IsotonicCurve {
  /** Strictly ascending. */
  readonly thresholds: readonly number[];
  /** Not descending. */
  readonly values: readonly number[];
}

/** Weighted isotonic regression of y on x, all [rows], at least one row of weight above 0; rows of weight 0 are left out. */
export function isotonicRegression(x: ArrayLike<number>, y: ArrayLike<number>, weights: ArrayLike<number>): IsotonicCurve {
  const order: number[] = [];
  for (let row = 0; row < x.length; row += 1) {
    if (weights[row] > 0) order.push(row);
  }
  order.sort((a, b) => x[a] - x[b] || a - b);
  // A stack of pools: the range of x, the weight and the weighted sum of y of each.
  const first: number[] = [];
  const last: number[] = [];
  const weight: number[] = [];
  const sum: number[] = [];
  for (const row of order) {
    if (last.length > 0 && last[last.length - 1] === x[row]) {
      weight[weight.length - 1] += weights[row];
      sum[sum.length - 1] += weights[row] * y[row];
    } else {
      poolDown();
      first.push(x[row]);
      last.push(x[row]);
      weight.push(weights[row]);
      sum.push(weights[row] * y[row]);
    }
  }
  poolDown();

  const thresholds: number[] = [];
  const values: number[] = [];
  for (let pool = 0; pool < first.length; pool += 1) {
    const value = sum[pool] / weight[pool];
    thresholds.push(first[pool]);
    values.push(value);
    if (last[pool] > first[pool]) {
      thresholds.push(last[pool]);
      values.push(value);
    }
  }
  return { thresholds, values };

  /** Merges the newest pool, now that all its rows are known, with those before it that are not below it. */
  function poolDown(): void {
    for (let top = first.length - 1; top > 0 && sum[top - 1] / weight[top - 1] >= sum[top] / weight[top]; top -= 1) {
      last[top - 1] = last[top];
      weight[top - 1] += weight[top];
      sum[top - 1] += sum[top];
      for (const column of [first, last, weight, sum]) column.pop();
    }
  }
}

/** The curve's value at x. */
export function applyIsotonic({ thresholds, values }: IsotonicCurve, x: number): number {
  let low = 0;
  let high = thresholds.length - 1;
  if (x <= thresholds[0]) return values[0];
  if (x >= thresholds[high]) return values[high];
  // thresholds[low] < x < thresholds[high]
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] === x) return values[middle];
    if (thresholds[middle] < x) low = middle;
    else high = middle;
  }
  const share = (x - thresholds[low]) / (thresholds[high] - thresholds[low]);
  return values[low] + share * (values[high] - values[low]);
}
