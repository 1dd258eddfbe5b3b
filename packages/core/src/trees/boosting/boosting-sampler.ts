// Which rows and features each tree of a boosting fit may use.
import { createRandom } from '../../numeric/random.js';
import type { BoostingParams } from './boosting-options.js';
import { drawSubset } from '../sampling.js';

export interface BoostingSampler {
  /** True when trees are grown on a part of the rows. */
  readonly hasBag: boolean;
  /** True when rows or features are drawn at all. */
  readonly isRandom: boolean;
  /** The rows of a round, ascending. */
  rowsOf(round: number): Int32Array;
  /** The features of one class's tree in a round, ascending. */
  featuresOf(round: number, classIndex: number): Int32Array;
}

/** Independent streams of one seed. */
const ROW_STREAM = 1;
const FEATURE_STREAM = 2;

/** The draws depend on seed, round and class alone, not on what was asked for before. */
export function createSampler(rows: number, width: number, classes: number, seed: number, params: Required<BoostingParams>): BoostingSampler {
  const { baggingFraction, baggingFreq, featureFraction } = params;
  const hasBag = baggingFreq > 0 && baggingFraction < 1;
  const bagSize = Math.max(1, Math.floor(rows * baggingFraction));
  const featureCount = Math.max(1, Math.round(width * featureFraction));
  const allRows = Int32Array.from({ length: rows }, (_, row) => row);
  const allFeatures = allRows.length >= width ? allRows.subarray(0, width) : Int32Array.from({ length: width }, (_, feature) => feature);
  let bag: Int32Array = allRows;
  let bagRound = -1;
  return {
    hasBag,
    isRandom: hasBag || featureCount < width,
    rowsOf(round) {
      if (!hasBag) return allRows;
      const drawnIn = round - (round % baggingFreq);
      if (drawnIn !== bagRound) bag = drawSubset(rows, bagSize, createRandom(seed, ROW_STREAM, drawnIn));
      bagRound = drawnIn;
      return bag;
    },
    featuresOf(round, classIndex) {
      if (featureCount === width) return allFeatures;
      return drawSubset(width, featureCount, createRandom(seed, FEATURE_STREAM, round * classes + classIndex));
    },
  };
}
