// Model kinds by name, ready to be fitted: those that need an optional package are given it.
import type { ClassifierKind, ModelKind } from '../models/classifier.js';
import { resolveKind } from '../models/classifiers.js';
import { createNeuralKinds } from '../models/neural/neural-kinds.js';
import { loadMlRandomForest } from './load-ml-random-forest.js';
import { loadTfjs, type LoadTfjsOptions } from './load-tfjs.js';

/**
 * The model kind `mlp` or `gru`, ready for fitClassifier and evaluateWalkForward, with the TensorFlow.js that loadTfjs finds.
 * Throws BAD_OPTION with the way out when none is installed.
 * @example fitClassifier(await loadNeuralKind('gru'), rows, { seed: 42 })
 */
export async function loadNeuralKind(kind: 'mlp' | 'gru', options: LoadTfjsOptions = {}): Promise<ClassifierKind> {
  return createNeuralKinds(await loadTfjs(options))[kind];
}

/**
 * The kind of that name, with the optional package that it needs; a kind that is given is returned.
 * Throws BAD_OPTION for an unknown name, or with the way out when a package is not installed.
 */
export async function loadClassifierKind(kind: ModelKind | ClassifierKind): Promise<ClassifierKind> {
  if (kind === 'ml-random-forest') return loadMlRandomForest();
  if (kind === 'mlp' || kind === 'gru') return loadNeuralKind(kind);
  return resolveKind(kind);
}
