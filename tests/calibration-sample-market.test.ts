// On the sample market boosted trees with their defaults are too sure of themselves: a temperature fitted on purged out-of-fold
// predictions of the past lowers the log loss of the time that follows.
import { buildTrainingTable, fitCalibrated, fitClassifier, generateSampleMarket, logLoss, parseCandidates, purgedTrainingRows, selectRows, trainingRows, walkForwardFolds } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2020, 3, 1) });
const [candidate] = parseCandidates('T7_X6');
const data = trainingRows(buildTrainingTable(klines, { features: 'flow', candidates: [candidate] }), candidate);

describe('calibration in a purged walk-forward split', () => {
  const folds = walkForwardFolds(data.features.length, { initTrain: 500, oosWindow: 130, step: 130 });

  it('lowers the log loss of default trees in every fold', () => {
    expect(folds.length).toBeGreaterThan(1);
    for (const fold of folds) {
      const train = purgedTrainingRows(fold, data.rows, data.spanEnd);
      const part = {
        features: selectRows(data.features, train),
        labels: Int8Array.from(train, (row) => data.labels[row]),
        rows: Int32Array.from(train, (row) => data.rows[row]),
        spanEnd: Int32Array.from(train, (row) => data.spanEnd[row]),
      };
      const test = Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i);
      const labels = Int8Array.from(test, (row) => data.labels[row]);
      const features = selectRows(data.features, test);
      const plain = logLoss(labels, fitClassifier('gbdt', part, { seed: 42 }).predictProba(features));
      const calibrated = logLoss(labels, fitCalibrated('gbdt', part, { seed: 42, calibration: 'temperature', calibrationFolds: 3 }).predictProba(features));
      expect(calibrated).toBeLessThan(plain);
    }
  });
});
