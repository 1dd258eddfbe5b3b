// Fits the two parts: whether the barrier is touched on all rows, which side on the touched ones.
import { recencyWeights } from '../../labels/weights/recency-weights.js';
import { log } from '../../numeric/log.js';
import { checkTrainingData } from '../check-training-data.js';
import type { Classifier, FitOptions, TrainingData } from '../classifier.js';
import { effectiveWeights } from '../effective-weights.js';
import { fitClassConstants } from '../fit-class-constants.js';
import { matchColumns } from '../match-columns.js';
import { fitInside, innerProgress, takeRows } from '../nested/inner-fit.js';
import { oddsToOffsets, touchOdds } from './part-odds.js';
import { createTwoPartClassifier, knownSideOdds, type Part } from './two-part-classifier.js';
import { checkFeatureNames, type ResolvedPart, type ResolvedTwoPart } from './two-part-params.js';

/** Throws BAD_DATA, BAD_OPTION and what the kinds of the parts throw. */
export function fitTwoPart({ touch, side, sideWeight, sideOdds, sideRows, halfLife }: ResolvedTwoPart, data: TrainingData, options: FitOptions): Classifier {
  checkTrainingData('TWO_PART.fit', data);
  checkFeatureNames({ touch, side, sideOdds }, data.features.names);
  const { classWeights, onIteration: _, params: __, ...rest } = options;
  const isWeighted = data.sampleWeights !== undefined || classWeights !== undefined || halfLife !== null;
  const weights = fadingWeights(effectiveWeights(data, options), data, halfLife);
  const all = { ...data, ...(isWeighted && { sampleWeights: weights }) };
  const touched = takeRows(all, Int32Array.from(data.labels.keys()).filter((row) => data.labels[row] !== 0 && weights[row] > 0));
  const fit = (number: number, { kind, params, features }: ResolvedPart, part: TrainingData, known: Float64Array | undefined, below: 0 | 1): Part =>
    fitPart(part, known, below, (own) => fitInside(kind, features === undefined ? own : { ...own, features: { names: features, columns: matchColumns(own.features, features), length: own.features.length } }, { ...rest, ...innerProgress(options, number, 2), params }));
  return createTwoPartClassifier({
    featureNames: [...data.features.names],
    hasOffsets: data.offsets !== undefined,
    sideOdds: sideOdds ?? null,
    sideWeight,
    touch: fit(0, touch, { ...all, labels: data.labels.map((label) => Math.abs(label)) }, data.offsets && touchOdds(data.offsets), 1),
    side: drawnToKnown(fit(1, side, touched, knownSideOdds(touched.features, touched.offsets, sideOdds ?? null), 0), touched, sideRows),
  });
}

/** The weights times those of age: 1 for the newest row. */
function fadingWeights(weights: Float64Array, { rows, labels }: TrainingData, halfLife: ResolvedTwoPart['halfLife']): Float64Array {
  if (halfLife === null) return weights;
  const bars = rows ?? Int32Array.from(labels, (_, row) => row);
  const span = bars[bars.length - 1] - bars[0] + 1;
  const fading = recencyWeights(bars, Math.max(halfLife.bars, halfLife.share * span));
  return weights.map((weight, row) => weight * fading[row]);
}

/** The part with its constant drawn to 0, as if `rows` more rows had agreed with what is known. A prior says nothing but its constant. */
function drawnToKnown({ constant, model }: Part, { labels, sampleWeights }: TrainingData, rows: number): Part {
  if (rows === 0) return { constant, model };
  const weight = sampleWeights?.reduce((sum, value) => sum + value, 0) ?? labels.length;
  return { constant: (constant * weight) / (weight + rows), model: model?.kind === 'prior' ? null : model };
}

/** One part on rows of two classes, of indexes `below` and 2; of rows with one class only, a constant that leaves room for the other. */
function fitPart(data: TrainingData, known: Float64Array | undefined, below: 0 | 1, fit: (data: TrainingData) => Classifier): Part {
  const weights = data.sampleWeights ?? new Float64Array(data.labels.length).fill(1);
  const counts = [0, 0, 0];
  data.labels.forEach((label, row) => {
    if (weights[row] > 0) counts[label + 1] += 1;
  });
  if (counts[below] === 0 || counts[2] === 0) {
    // one row more of each class than there is (Laplace's rule), on top of what is known
    const mean = known === undefined ? 0 : known.reduce((sum, odds) => sum + odds, 0) / Math.max(1, known.length);
    return { constant: log((counts[2] + 1) / (counts[below] + 1)) - mean, model: null };
  }
  const { offsets: _, markets: __, ...plain } = data;
  const own = known === undefined ? plain : { ...plain, offsets: oddsToOffsets(known, below) };
  const constants = fitClassConstants(own, weights);
  return { constant: constants[2] - constants[below], model: fit(own) };
}
