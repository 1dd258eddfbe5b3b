// Exponentially weighted mean in the adjusted form: the weighted mean of all values so far, the newest with weight 1,
// each older one with (1 - alpha) times the next one's. Source: pandas, ewm(adjust=True).

/** Takes the next value, gives the mean; NaN for a missing value, whose place in time still ages the others. */
export type ExponentialMean = (value: number) => number;

/** Larger values count as missing: their weighted sum could overflow, and an infinite sum never ends. */
const LARGEST = 1e300;

/** @param alpha weight of the newest value, above 0 and below 1: 1 / (1 + com), 2 / (span + 1) */
export function createExponentialMean(alpha: number): ExponentialMean {
  const keep = 1 - alpha;
  let weighted = 0;
  let weight = 0;
  return (value) => {
    weighted *= keep;
    weight *= keep;
    if (!(Math.abs(value) <= LARGEST)) return Number.NaN;
    weighted += value;
    weight += 1;
    return weighted / weight;
  };
}
