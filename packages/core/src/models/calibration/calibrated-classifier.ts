// A model whose probabilities pass through a calibration map. Its kind is that of the model inside.
import { z } from 'zod';
import type { Classifier } from '../classifier.js';
import { corruptModel, featureNamesSchema, readModelDocument } from '../read-model-document.js';
import { createRowPredictor } from '../row-predictor.js';
import { applyCalibrationMap, type CalibrationMap } from './calibration-map.js';
import type { CalibrationSummary } from './calibration-method.js';
import { calibrationMapSchema, calibrationSummarySchema } from './calibration-schema.js';

/**
 * `base` with calibrated probabilities. explainRow and explainRows are the base model's own: their contributions explain the raw score, before
 * calibration. They are not there when the base model has none.
 */
export function createCalibrated(base: Classifier, calibration: CalibrationSummary, map: CalibrationMap): Classifier {
  return {
    kind: base.kind,
    calibration,
    featureNames: base.featureNames,
    ...(base.trees === undefined ? {} : { trees: base.trees }),
    ...(base.contextRows === undefined ? {} : { contextRows: base.contextRows }),
    ...(base.members === undefined ? {} : { members: base.members }),
    ...(base.tuning === undefined ? {} : { tuning: base.tuning }),
    predictProba: (features, offsets) => applyCalibrationMap(map, base.predictProba(features, offsets)),
    createRowPredictor() {
      const predictRow = createRowPredictor(base);
      return (values, probabilities) => {
        probabilities.set(applyCalibrationMap(map, predictRow(values, probabilities)));
        return probabilities;
      };
    },
    ...(base.explainRow === undefined ? {} : { explainRow: base.explainRow.bind(base) }),
    ...(base.explainRows === undefined ? {} : { explainRows: base.explainRows.bind(base) }),
    serialize: () => ({ kind: 'calibrated', version: 1, featureNames: [...base.featureNames], calibration: { ...calibration }, map: structuredCopy(map), base: base.serialize() }),
  };
}

/**
 * The model that a document of kind 'calibrated' holds; `restoreBase` restores the model inside.
 * Throws CORRUPT with the reason, also for a calibrated model inside of another.
 */
export function restoreCalibrated(document: unknown, restoreBase: (document: unknown) => Classifier): Classifier {
  const { featureNames, calibration, map, base: stored } = readModelDocument('calibrated', documentSchema, document);
  if (stored.kind === 'calibrated') throw corruptModel('calibrated', '`base` must not be calibrated itself');
  if (stored.kind === 'markets') throw corruptModel('calibrated', '`base` must not be of several markets');
  if (map.method !== calibration.method) throw corruptModel('calibrated', `\`map\` is of method ${map.method}, \`calibration\` says ${calibration.method}`);
  const base = restoreBase(stored);
  if (base.featureNames.length !== featureNames.length || base.featureNames.some((name, i) => name !== featureNames[i])) {
    throw corruptModel('calibrated', '`featureNames` must be those of `base`');
  }
  return createCalibrated(base, calibration, map);
}

const documentSchema = z.object({
  kind: z.literal('calibrated'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  calibration: calibrationSummarySchema,
  map: calibrationMapSchema,
  base: z.looseObject({ kind: z.string() }),
});

/** A copy that the caller may change without changing the model. */
function structuredCopy(map: CalibrationMap): CalibrationMap {
  if (map.method === 'temperature') return { ...map };
  if (map.method === 'sigmoid') return { ...map, curves: map.curves.map((curve) => ({ ...curve })) };
  return { ...map, curves: map.curves.map(({ thresholds, values }) => ({ thresholds: [...thresholds], values: [...values] })) };
}
