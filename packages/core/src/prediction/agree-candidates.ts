// The answers of one day, made to agree where the bundle asks for it: a smaller barrier or a longer horizon is never less likely to be touched.
import type { BundleCandidate, BundleMeta } from '../bundle/bundle-meta.js';
import type { BundlePrediction } from '../bundle/predict-with-bundle.js';
import { isFlawed } from '../labels/label-options.js';
import { CLASSES } from '../models/classifier.js';
import { makeConsistent } from '../surface/consistent-forecasts.js';

/** An answer, and what its model said where that is something else. */
export interface AgreedPrediction extends BundlePrediction {
  readonly modelProbabilities?: BundlePrediction['probabilities'];
}

/**
 * The answers in their order. Only candidates with the same label options are comparable, and flawed labels have no future to agree on.
 * Contributions stay the model's. Without consistency in the bundle everything is as it was, in every bit.
 * @param barrierOf the barrier of this bar, as a fraction
 * @example agreeCandidates(bundle.meta, predictWithBundle(bundle, features, row), { barrierOf: ({ X }) => X ?? NaN })
 */
export function agreeCandidates(meta: Pick<BundleMeta, 'consistency'>, predictions: readonly BundlePrediction[], { barrierOf }: { barrierOf(candidate: BundleCandidate): number }): readonly AgreedPrediction[] {
  if (meta.consistency !== 'monotone') return predictions;
  const agreed: AgreedPrediction[] = [...predictions];
  for (const places of comparable(predictions)) {
    const triples = makeConsistent(places.map((place) => ({ T: predictions[place].candidate.T, barrier: barrierOf(predictions[place].candidate), probabilities: predictions[place].probabilities })));
    places.forEach((place, i) => (agreed[place] = withProbabilities(predictions[place], triples[i])));
  }
  return agreed;
}

/** Places of the answers that ask the same kind of question, two or more together. */
function comparable(predictions: readonly BundlePrediction[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  predictions.forEach(({ candidate: { labelOptions } }, place) => {
    if (isFlawed(labelOptions)) return;
    const { window, tieBreak, touch } = labelOptions;
    const key = `${window} ${tieBreak} ${touch}`;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  });
  return [...groups.values()].filter((places) => places.length > 1);
}

function withProbabilities(prediction: BundlePrediction, probabilities: BundlePrediction['probabilities']): AgreedPrediction {
  if (probabilities.every((value, i) => value === prediction.probabilities[i])) return prediction;
  const [down, neutral, up] = probabilities;
  const best = down >= neutral && down >= up ? 0 : neutral >= up ? 1 : 2;
  return { ...prediction, probabilities, predLabel: CLASSES[best], modelProbabilities: prediction.probabilities };
}
