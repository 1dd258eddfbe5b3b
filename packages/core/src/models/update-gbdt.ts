// Cheap updates of a fitted gbdt when new bars have come: more rounds on top (warm start), or new outputs for its leaves (refit).
import { ForecastLabError } from '../errors.js';
import { refitBoosting } from '../trees/boosting/refit-boosting.js';
import type { LeafRefitOptions } from '../trees/boosting/refit-boosting.js';
import { checkTrainingData } from './check-training-data.js';
import type { Classifier, FitOptions, TrainingData } from './classifier.js';
import { effectiveWeights } from './effective-weights.js';
import { createGbdt, fitTrees, readGbdt } from './gbdt.js';

/**
 * The model with `numIterations` more rounds, fitted to `data`: its trees and start stay. With `earlyStoppingRound` only those
 * rounds are kept that better the model. Throws BAD_DATA when the model is no gbdt or its features differ from the data's.
 */
export function continueGbdt(model: Classifier, data: TrainingData, options: FitOptions): Classifier {
  const { featureNames, model: trees, hasOffsets } = readModel('continueGbdt', model, data);
  return createGbdt(featureNames, fitTrees(data, options, trees), hasOffsets);
}

/** The options of refitGbdt. */
export interface GbdtRefitOptions extends Pick<LeafRefitOptions, 'decay' | 'params'>, Pick<FitOptions, 'classWeights'> {}

/**
 * The model with its splits and with outputs of leaves moved towards those of `data`: output = decay × old + (1 - decay) × new.
 * Throws BAD_DATA when the model is no gbdt or its features differ from the data's, BAD_OPTION for bad options.
 */
export function refitGbdt(model: Classifier, data: TrainingData, options: GbdtRefitOptions = {}): Classifier {
  const { featureNames, model: trees, hasOffsets } = readModel('refitGbdt', model, data);
  const { classWeights, ...refit } = options;
  const weights = effectiveWeights(data, classWeights === undefined ? {} : { classWeights });
  const classIndexes = Uint8Array.from(data.labels, (label) => label + 1);
  return createGbdt(featureNames, refitBoosting(trees, data.features, classIndexes, { ...refit, weights, ...(data.offsets && { offsets: data.offsets }) }), hasOffsets);
}

function readModel(where: string, model: Classifier, data: TrainingData): ReturnType<typeof readGbdt> {
  checkTrainingData(where, data);
  const document = model.serialize();
  if (document.kind !== 'gbdt') {
    throw new ForecastLabError('BAD_DATA', `${where}: The model must be an uncalibrated one of kind gbdt. Got ${document.kind}.`, { hint: 'Fit a model of another kind anew.' });
  }
  const read = readGbdt(document);
  if (read.featureNames.join('\n') !== data.features.names.join('\n')) {
    throw new ForecastLabError('BAD_DATA', `${where}: The data must have the features of the model, in their order.`, { hint: `They are: ${read.featureNames.join(', ')}.` });
  }
  if (read.hasOffsets !== (data.offsets !== undefined)) {
    throw new ForecastLabError('BAD_DATA', `${where}: The model was fitted ${read.hasOffsets ? 'with' : 'without'} offsets, the data come ${read.hasOffsets ? 'without' : 'with'} them.`, { hint: 'Give offsets to both or to none.' });
  }
  return read;
}
