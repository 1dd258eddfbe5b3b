// Which rows and features each tree of a boosting fit may use.
import { createRandom } from '../../numeric/random.js';
import { drawSubset } from '../sampling.js';
import type { BoostingParams } from './boosting-options.js';

export interface BoostingSampler {
  /** True when rows or features are drawn at all. */
  readonly isRandom: boolean;
  /** Rows of a tree. */
  readonly bagSize: number;
  /** Writes all rows to `into`: those of a round first, ascending, then the others. */
  fillRows(into: Int32Array, round: number): void;
  /** The features of one tree of a round, ascending; undefined for all. */
  featuresOf(round: number, score: number): Int32Array | undefined;
}

/** Independent streams of one seed. */
const ROW_STREAM = 1;
const FEATURE_STREAM = 2;

/** The draws depend on seed, round and score alone, not on what was asked for before. */
export function createSampler(rows: number, width: number, scoreCount: number, seed: number, params: Required<BoostingParams>): BoostingSampler {
  const { baggingFraction, baggingFreq, featureFraction } = params;
  const hasBag = baggingFreq > 0 && baggingFraction < 1;
  const bagSize = hasBag ? Math.max(1, Math.floor(rows * baggingFraction)) : rows;
  const featureCount = Math.max(1, Math.round(width * featureFraction));
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  let orderedFor = hasBag ? -1 : 0;
  return {
    bagSize,
    isRandom: hasBag || featureCount < width,
    fillRows(into, round) {
      const drawnIn = hasBag ? round - (round % baggingFreq) : 0;
      if (drawnIn !== orderedFor) putFirst(order, drawSubset(rows, bagSize, createRandom(seed, ROW_STREAM, drawnIn)));
      orderedFor = drawnIn;
      into.set(order);
    },
    featuresOf(round, score) {
      if (featureCount === width) return undefined;
      return drawSubset(width, featureCount, createRandom(seed, FEATURE_STREAM, round * scoreCount + score));
    },
  };
}

/** Sets `order` to the rows of `bag` (ascending), then all others, ascending. */
function putFirst(order: Int32Array, bag: Int32Array): void {
  order.set(bag);
  let inBag = 0;
  let other = bag.length;
  for (let row = 0; row < order.length; row += 1) {
    if (inBag < bag.length && bag[inBag] === row) {
      inBag += 1;
    } else {
      order[other] = row;
      other += 1;
    }
  }
}
