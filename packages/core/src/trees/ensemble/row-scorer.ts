// Scores of one row at a time, for those who get rows one by one and cannot wait: nothing is allocated per call.
import type { CopyValues } from './compiled-ensemble.js';
import { createEnsemblePredictor } from './ensemble-predictor.js';
import { hasKernels } from './kernel-seats.js';
import { walkTrees } from './predict.js';
import type { TreeEnsemble } from './tree-ensemble.js';

/** Writes the scores of a row with these `values` [features] to `scores`: start plus the sum of all trees. */
export type RowScorer = (values: Float64Array, scores: Float64Array) => void;

/**
 * Compiles the ensemble at once, into memory of its own, which takes some ten milliseconds for 300 trees of 31 leaves; a row then
 * takes a few microseconds. The scores have the bits of `sumTrees`. `start`: [scores].
 */
export function createRowScorer(ensemble: TreeEnsemble, start: Float64Array): RowScorer {
  const predictor = hasKernels() ? createEnsemblePredictor(ensemble, { scores: start.length, memory: 'own' }) : undefined;
  if (predictor === undefined) {
    return (values, scores) => {
      scores.set(start);
      walkTrees(ensemble, values, values.length, scores, start.length);
    };
  }
  let row: Float64Array = new Float64Array(0);
  const copy: CopyValues = (feature, _begin, _end, to, at) => {
    to[at] = row[feature];
  };
  return (values, scores) => {
    scores.set(start);
    row = values;
    predictor.add(copy, scores);
  };
}
