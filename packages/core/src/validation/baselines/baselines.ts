// What a model must beat: class shares, the last label that was known, and a look back at closes. None is trained.
import { barriers } from '../../labels/barriers.js';
import type { Candidate } from '../../labels/candidate.js';

/** Class shares [3] of the labels at `positions`, in CLASSES order: the prior of a training window. NaN when there are none. */
export function classShares(labels: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  const shares = new Float64Array(3);
  for (let i = 0; i < positions.length; i += 1) {
    const k = labels[positions[i]] + 1;
    shares[k] += 1;
  }
  return shares.map((count) => count / positions.length);
}

/** Class shares [3] without a zero: a class that is absent from the n positions gets 1 / (n + 3), the others give it up in proportion. */
export function possibleShares(labels: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  const shares = classShares(labels, positions);
  const floor = 1 / (positions.length + 3);
  const absent = shares.filter((share) => share === 0).length;
  return absent === 0 ? shares : shares.map((share) => (share === 0 ? floor : share * (1 - absent * floor)));
}

/** The rows of a data set that matter to a rule: [rows] label, bar index, and last bar of the label window. */
export interface LabelledBars {
  readonly labels: ArrayLike<number>;
  /** Ascending. */
  readonly rows: ArrayLike<number>;
  readonly spanEnd: ArrayLike<number>;
}

/**
 * For each row the label of the newest row whose label window has ended by that row's bar (0 when there is none yet):
 * what a person who only knows matured labels would repeat. [rows]
 */
export function lastKnownLabels(bars: LabelledBars): Int8Array {
  const { labels, rows, spanEnd } = bars;
  const count = rows.length;
  const byEnd = Array.from({ length: count }, (_, row) => row).sort((a, b) => spanEnd[a] - spanEnd[b] || a - b);
  const known = new Int8Array(count);
  let matured = 0;
  let newest = -1;
  for (let row = 0; row < count; row += 1) {
    while (matured < count && spanEnd[byEnd[matured]] <= rows[row]) {
      newest = Math.max(newest, byEnd[matured]);
      matured += 1;
    }
    known[row] = newest < 0 ? 0 : labels[newest];
  }
  return known;
}

/**
 * The rule behind the predecessor's published scores, for each bar of `rows`: with the highest and lowest of the last T - 1 closes
 * (the bar's own included), +1 when the highest is at least the barrier above the bar's close, else -1 when the lowest is at least as far below,
 * else 0. It looks back only. `close`: [bars].
 */
export function lookBackLabels(close: Float64Array, rows: ArrayLike<number>, candidate: Pick<Candidate, 'T' | 'X' | 'V'>): Int8Array {
  const found = new Int8Array(rows.length);
  const barrier = barriers(close, candidate);
  for (let i = 0; i < found.length; i += 1) {
    const bar = rows[i];
    const now = close[bar];
    let highest = now;
    let lowest = now;
    for (let past = Math.max(0, bar - candidate.T + 2); past < bar; past += 1) {
      highest = Math.max(highest, close[past]);
      lowest = Math.min(lowest, close[past]);
    }
    if (highest / now - 1 >= barrier[bar]) found[i] = 1;
    else if (lowest / now - 1 <= -barrier[bar]) found[i] = -1;
  }
  return found;
}
