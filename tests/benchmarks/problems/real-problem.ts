// The real table: 20 features of daily bars, as one split or as the walk-forward folds of the published run.
import type { FeatureMatrix, TrainingData } from '@forecastlab/core';
import { fixedSplit, labelledFrame } from '../../support/fixed-split.js';
import { readBytes, sharedPath } from '../../support/shared.js';
import type { Problem } from './problem.js';

/** Rows 0 to 2263 and 2278 to 2847 of the forward T14_X8 labels. Test scores are near chance: read the folds' scores for quality. */
export function realSplit(): Problem {
  const { train, test } = fixedSplit();
  return { train: train.features, classIndexes: classIndexesOf(train), test: test.features, testClassIndexes: classIndexesOf(test), folds: [] };
}

/** The 61 folds of T21_X8 with the trailing labels of the published run, which can be learnt. The test rows are those of all folds in turn. */
export function realFolds(): Problem {
  const { features, labels } = labelledFrame('legacy_T21_X8');
  const first = 20; // rows whose label window is not full
  const columns = features.columns.map((column) => column.slice(first));
  const classIndexes = classIndexesOf({ features, labels }).slice(first);
  const { sets } = JSON.parse(readBytes(sharedPath('golden/folds.json.gz')).toString('utf8')) as { sets: { feature_set: string; T: number; kind: string; folds: number[][] }[] };
  const found = sets.find((set) => set.feature_set === 'flow' && set.T === 21 && set.kind === 'legacy');
  const folds = (found?.folds ?? []).map(([, trainFrom, trainTo, testFrom, testTo]) => ({ trainFrom, trainTo, testFrom, testTo }));
  const testRows = folds.flatMap(({ testFrom, testTo }) => Array.from({ length: testTo - testFrom + 1 }, (_, i) => testFrom + i));
  const matrix = (given: Float64Array[]): FeatureMatrix => ({ names: features.names, columns: given, length: given[0].length });
  return {
    train: matrix(columns),
    classIndexes,
    test: matrix(columns.map((column) => Float64Array.from(testRows, (row) => column[row]))),
    testClassIndexes: Uint8Array.from(testRows, (row) => classIndexes[row]),
    folds,
  };
}

function classIndexesOf({ labels }: TrainingData): Uint8Array {
  return Uint8Array.from(labels, (label) => label + 1);
}
