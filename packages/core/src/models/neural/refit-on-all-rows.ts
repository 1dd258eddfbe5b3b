// Early stopping costs the newest rows, those most like the ones to come: once it has told how many epochs are best, the
// network is trained anew on all rows with so many.
import type { FitOptions } from '../classifier.js';
import type { TrainingSummary } from './neural-document.js';
import type { NeuralTrainingParams } from './neural-options.js';

/** Fits once with `params`, and once more on all rows unless `refit` is false or nothing was kept back. Progress counts the first fit's epochs. */
export function refitOnAllRows<Params extends Required<NeuralTrainingParams>, Model extends { readonly training: TrainingSummary }>(
  params: Params,
  { onIteration }: Pick<FitOptions, 'onIteration'>,
  fit: (params: Params, onIteration: FitOptions['onIteration']) => Model,
): Model {
  const first = fit(params, onIteration);
  if (params.patience === 0 || !params.refit) return first;
  const { epochs, bestEpoch } = first.training;
  const again = fit({ ...params, patience: 0, epochs: bestEpoch }, onIteration && (() => onIteration(epochs, params.epochs)));
  return { ...again, training: { ...again.training, epochs, bestEpoch } };
}
