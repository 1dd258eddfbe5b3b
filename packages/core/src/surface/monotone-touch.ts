// Makes the probabilities of a touch agree with each other: a smaller barrier or a longer horizon cannot make a touch less likely. Of all
// answers that agree, the one nearest to the models' (isotonic regression on a partial order; least squares by Dykstra's alternating
// projections: Dykstra 1983, Boyle and Dykstra 1986). A projection is never further from the truth than what it projects, when the
// truth is monotone.
import { optionError } from '../errors.js';

/** One question at one bar: is a barrier touched within T bars? */
export interface TouchQuestion {
  /** Horizon in bars. */
  readonly T: number;
  /** The barrier at this bar, as a fraction. */
  readonly barrier: number;
}

/** Cycles over all pairs: corrections fall geometrically, and a chain of 100 needs about as many. */
const MOST_CYCLES = 5000;
const SETTLED = 1e-13;

/**
 * The nearest probabilities [questions] that agree with each other; equal questions get equal answers. `touched`: [questions], 0 to 1.
 * What agrees already is returned as it is.
 * @throws BAD_OPTION for columns of different lengths
 * @example monotoneTouch([{ T: 7, barrier: 0.08 }, { T: 14, barrier: 0.08 }], [0.5, 0.4]) // [0.45, 0.45]
 */
export function monotoneTouch(questions: readonly TouchQuestion[], touched: ArrayLike<number>): Float64Array {
  if (touched.length !== questions.length) throw optionError('monotoneTouch', 'touched', `of one probability per question (${questions.length})`, touched.length);
  const found = Float64Array.from(touched);
  const pairs = orderedPairs(questions);
  if (pairs.every(([less, more]) => found[less] <= found[more])) return found;
  const corrections = new Float64Array(pairs.length);
  for (let cycle = 0; cycle < MOST_CYCLES; cycle += 1) {
    let moved = 0;
    pairs.forEach(([less, more], i) => {
      // the projection on "less is at most more" shares the excess; Dykstra gives back the last share first
      const excess = found[less] - found[more] + 2 * corrections[i];
      const share = Math.max(0, excess / 2);
      const change = share - corrections[i];
      found[less] -= change;
      found[more] += change;
      corrections[i] = share;
      moved = Math.max(moved, Math.abs(change));
    });
    if (moved < SETTLED) break;
  }
  return settle(found, pairs, questions);
}

/** Pairs of questions of which the first cannot be the likelier one, without those that follow from others. */
function orderedPairs(questions: readonly TouchQuestion[]): (readonly [number, number])[] {
  const count = questions.length;
  const isEqual = (a: number, b: number): boolean => questions[a].T === questions[b].T && questions[a].barrier === questions[b].barrier;
  const isBelow = (a: number, b: number): boolean => a !== b && questions[a].T <= questions[b].T && questions[a].barrier >= questions[b].barrier;
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < count; a += 1) {
    for (let b = 0; b < count; b += 1) {
      if (!isBelow(a, b)) continue;
      const isBetween = (c: number): boolean => c !== a && c !== b && isBelow(a, c) && isBelow(c, b) && !isEqual(a, c) && !isEqual(c, b);
      if (isEqual(a, b) || !questions.some((_, c) => isBetween(c))) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Takes away what the last cycle left over: from the least likely question up, no answer is below one that it may not be below. */
function settle(found: Float64Array, pairs: readonly (readonly [number, number])[], questions: readonly TouchQuestion[]): Float64Array {
  const order = questions.map((_, i) => i).sort((a, b) => questions[a].T - questions[b].T || questions[b].barrier - questions[a].barrier || a - b);
  for (const question of order) {
    for (const [less, more] of pairs) if (more === question && found[less] > found[more]) found[more] = found[less];
  }
  for (const [a, b] of pairs) if (questions[a].T === questions[b].T && questions[a].barrier === questions[b].barrier) found[a] = found[b] = Math.max(found[a], found[b]);
  return found.map((value) => Math.min(1, Math.max(0, value)));
}
