// Family-wise p-values by step-down: the smallest p-value is judged against the smallest that chance gives among all tests, the next
// against those that are left (Westfall and Young 1993, algorithm 2.8; Romano and Wolf 2005, 2016).

/**
 * [tests] adjusted p-values, none below its own nor above Holm's (1979). `pValues`: [tests], each valid by itself. `statistics`:
 * [tests][samples] of one joint resampling in which no test has anything to find; only their ranks within a test are used, so that
 * they tell how the tests hang together and nothing of how large a statistic may be. Null where there is none: then Holm's are given.
 */
export function stepDown(pValues: readonly number[], statistics: readonly Float64Array[] | null): Float64Array {
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b] || a - b);
  const highest = new Int32Array(statistics?.[0]?.length ?? 0).fill(statistics?.[0]?.length ?? 0);
  const adjusted = new Float64Array(pValues.length);
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const test = order[place];
    const own = pValues[test];
    const holm = Math.min(1, own * (order.length - place));
    if (statistics !== null) keepHighest(highest, statistics[test]);
    adjusted[test] = statistics === null ? holm : Math.max(own, Math.min(holm, shareWithin(highest, own)));
  }
  for (let place = 1; place < order.length; place += 1) {
    adjusted[order[place]] = Math.max(adjusted[order[place]], adjusted[order[place - 1]]);
  }
  return adjusted;
}

/** Lowers each sample's place in `highest` to its place in `statistics`, 1 being the largest statistic; equal ones share the lowest place. */
function keepHighest(highest: Int32Array, statistics: Float64Array): void {
  const ascending = statistics.slice().sort();
  const placeOf = new Map<number, number>();
  ascending.forEach((value, i) => {
    if (!placeOf.has(value)) placeOf.set(value, ascending.length - i);
  });
  statistics.forEach((value, sample) => {
    highest[sample] = Math.min(highest[sample], placeOf.get(value) as number);
  });
}

/** The share of samples in which some test is among the `p` largest of its own, rounded up to whole samples. */
function shareWithin(highest: Int32Array, p: number): number {
  const bound = Math.ceil(p * highest.length);
  return highest.reduce((count, place) => count + (place <= bound ? 1 : 0), 0) / highest.length;
}
