// The log-odds that the two parts of a two-part model speak in, from probabilities and from offsets of three classes.
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';
import { MOST_OFFSET } from '../offsets.js';

/** No part is believed to be surer than this: a forest without one dissenting tree says 0. */
const SMALLEST_PROBABILITY = 1e-9;

/** Log-odds [rows], 0 where neither has a probability, of class `above` against class `below` (indexes in CLASSES order) from probabilities [rows × 3]. */
export function oddsOf(probabilities: Float64Array, above: number, below: number): Float64Array {
  const odds = new Float64Array(probabilities.length / 3);
  for (let row = 0; row < odds.length; row += 1) {
    const a = probabilities[3 * row + above];
    const b = probabilities[3 * row + below];
    const share = a + b > 0 ? a / (a + b) : 0.5;
    const p = Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, share));
    odds[row] = log(p) - log(1 - p);
  }
  return odds;
}

/** Offsets [rows] of three classes, [rows × 3], as log-odds of a touch against none: log(e^down + e^up) - neutral. */
export function touchOdds(offsets: Float64Array): Float64Array {
  return Float64Array.from({ length: offsets.length / 3 }, (_, row) => {
    const [down, neutral, up] = [offsets[3 * row], offsets[3 * row + 1], offsets[3 * row + 2]];
    const most = Math.max(down, up);
    return most + log(1 + exp(Math.min(down, up) - most)) - neutral;
  });
}

/** The same as log-odds of up against down. */
export function sideOdds(offsets: Float64Array): Float64Array {
  return Float64Array.from({ length: offsets.length / 3 }, (_, row) => offsets[3 * row + 2] - offsets[3 * row]);
}

/** Log-odds [rows] of +1 as offsets [rows × 3] of a part, whose other class is 0 or -1: half to one class, half from the other. */
export function oddsToOffsets(odds: Float64Array, below: 0 | 1): Float64Array {
  const offsets = new Float64Array(3 * odds.length);
  for (let row = 0; row < odds.length; row += 1) {
    const half = Math.min(MOST_OFFSET, Math.max(-MOST_OFFSET, odds[row] / 2));
    offsets[3 * row + 2] = half;
    offsets[3 * row + below] = -half;
  }
  return offsets;
}
