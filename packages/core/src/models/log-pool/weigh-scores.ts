// The logarithmic opinion pool: the weighted geometric mean of several forecasts, before it is normalised.
// (Genest & Zidek, Combining Probability Distributions, Statistical Science 1986, section 2.2.)

/** Sum of the members' log scores [rows × 3], each times its weight. */
export function weighScores(members: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(members[0].length);
  members.forEach((scores, member) => {
    const weight = weights[member];
    if (weight === 0) return;
    for (let i = 0; i < sum.length; i += 1) sum[i] += weight * scores[i];
  });
  return sum;
}
