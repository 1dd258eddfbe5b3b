// What a class gets that no training row has.

/**
 * Probabilities [rows × 3] in which a class that none of the training `labels` is has the share that the baselines give it,
 * 1 / (labels + 3): a model must not win for ruling out, nor lose 36 nats for not having heard of, what none could learn.
 */
export function allowUnseenClasses(probabilities: Float64Array, labels: Int8Array): Float64Array {
  const unseen = [0, 1, 2].filter((k) => !labels.includes(k - 1));
  if (unseen.length === 0) return probabilities;
  const floor = 1 / (labels.length + 3);
  return probabilities.map((p, at) => {
    const row = at - (at % 3);
    const seen = [0, 1, 2].reduce((sum, k) => sum + (unseen.includes(k) ? 0 : probabilities[row + k]), 0);
    return unseen.includes(at % 3) ? floor : (p / seen) * (1 - unseen.length * floor);
  });
}
