// Logarithms of probabilities, the scale on which a logarithmic pool is a weighted sum.
import { log } from '../../numeric/log.js';

/** ln of each probability, those below `floor` counted as `floor`. */
export function logScores(probabilities: Float64Array, floor: number): Float64Array {
  return probabilities.map((p) => log(Math.max(p, floor)));
}
