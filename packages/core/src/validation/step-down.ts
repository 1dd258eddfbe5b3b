// Family-wise p-values by step-down: the smallest p-value is judged against the smallest that chance gives among all tests, the next
// against those that are left (Westfall and Young 1993, algorithm 2.8; Romano and Wolf 2005, 2016 for the p-values).

/** Below this many samples per p-value the resampled distribution is too coarse, and Bonferroni's bound takes over. */
const LEAST_SAMPLES = 10;

/**
 * [tests] adjusted p-values, none below its own. `pValues`: [tests], each valid by itself. `statistics`: [tests][samples] of one joint resampling, of
 * which only order and dependence count; null where there is none: then Bonferroni's bound alone is used (Holm 1979).
 */
export function stepDown(pValues: readonly number[], statistics: readonly Float64Array[] | null): Float64Array {
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b] || a - b);
  const shares = statistics?.map(sharesAtLeast);
  const samples = shares?.[0]?.length ?? 0;
  const coarse = LEAST_SAMPLES / samples;
  const smallest = new Float64Array(samples).fill(1);
  const adjusted = new Float64Array(pValues.length);
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const test = order[place];
    const own = pValues[test];
    const bound = Math.min(1, own * (order.length - place));
    shares?.[test].forEach((share, sample) => {
      if (share < smallest[sample]) smallest[sample] = share;
    });
    const resampled = shares === undefined ? 1 : shareAtMost(smallest, Math.max(own, coarse));
    adjusted[test] = Math.max(own, shares !== undefined && own >= coarse ? resampled : Math.min(bound, resampled));
  }
  for (let place = 1; place < order.length; place += 1) {
    adjusted[order[place]] = Math.max(adjusted[order[place]], adjusted[order[place - 1]]);
  }
  return adjusted;
}

/** [samples] for each value the share of values that are at least as large: its p-value among them. */
function sharesAtLeast(values: Float64Array): Float64Array {
  const descending = values.slice().sort().reverse();
  const shareOf = new Map<number, number>();
  descending.forEach((value, i) => shareOf.set(value, (i + 1) / values.length));
  return values.map((value) => shareOf.get(value) as number);
}

function shareAtMost(values: Float64Array, bound: number): number {
  return values.reduce((count, value) => count + (value <= bound ? 1 : 0), 0) / values.length;
}
