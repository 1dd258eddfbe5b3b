// Exponentially weighted standard deviation, free of bias, as pandas' `ewm(span).std()`: weights (1 - 2 / (span + 1))^age, which
// a missing value ages too. One pass by the update of a weighted mean and variance (West 1979, https://doi.org/10.1145/359146.359153).

/**
 * The deviation of the values up to each bar: [bars], NaN until there are two values; a missing value (NaN) repeats the last.
 * @param values [bars]
 * @param spanBars centre of mass (span - 1) / 2 bars back, at least 1
 */
export function exponentialDeviation(values: Float64Array, spanBars: number): Float64Array {
  const decay = 1 - 2 / (spanBars + 1);
  const deviation = new Float64Array(values.length);
  let mean = Number.NaN;
  let variance = 0;
  let weights = 0;
  let squaredWeights = 0;
  let count = 0;
  for (let bar = 0; bar < values.length; bar += 1) {
    const value = values[bar];
    weights *= decay;
    squaredWeights *= decay * decay;
    if (!Number.isNaN(value)) {
      const before = weights;
      weights += 1;
      squaredWeights += 1;
      count += 1;
      if (count === 1) mean = value;
      const change = value - mean;
      mean += change / weights;
      variance = (before * (variance + (change / weights) * (change / weights)) + (value - mean) * (value - mean)) / weights;
    }
    const squares = weights * weights;
    // A span of 1 forgets all values but the newest: squares equal squaredWeights.
    deviation[bar] = count > 1 && squares > squaredWeights ? Math.sqrt((squares / (squares - squaredWeights)) * variance) : Number.NaN;
  }
  return deviation;
}
