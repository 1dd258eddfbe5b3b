// All kinds of model by name: how commands and bundles fit and restore one without knowing which it is.
import { ForecastLabError, optionError } from '../errors.js';
import { restoreCalibrated } from './calibration/calibrated-classifier.js';
import { PRIOR } from './class-prior.js';
import type { Classifier, ClassifierKind, FitOptions, ModelKind, TrainingData } from './classifier.js';
import { EXTRA_TREES } from './extra-trees.js';
import { GBDT } from './gbdt.js';
import { createLogPool } from './log-pool.js';
import { LOGISTIC } from './logistic.js';
import { restoreMarkets } from './markets/markets-classifier.js';
import { ML_RANDOM_FOREST } from './ml-random-forest.js';
import { GRU } from './neural/gru.js';
import { MLP } from './neural/mlp.js';
import type { NestedKinds } from './nested/nested-kinds.js';
import { RANDOM_FOREST } from './random-forest.js';
import { createTuned } from './tuned.js';
import { createTwoPart } from './two-part.js';

/** How kinds that are made of others find them. */
const NESTED: NestedKinds = { resolve: (kind) => resolveKind(kind as ModelKind), restore: restorePlain };

/**
 * Every kind of model. `ml-random-forest`, `mlp` and `gru` restore and predict here, but are fitted through createMlRandomForest and
 * createNeuralKinds, which are given the optional packages.
 */
export const CLASSIFIERS: Readonly<Partial<Record<ModelKind, ClassifierKind>>> = {
  gbdt: GBDT,
  'random-forest': RANDOM_FOREST,
  'extra-trees': EXTRA_TREES,
  logistic: LOGISTIC,
  prior: PRIOR,
  'ml-random-forest': ML_RANDOM_FOREST,
  mlp: MLP,
  gru: GRU,
  'two-part': createTwoPart(NESTED),
  'log-pool': createLogPool(NESTED),
  tuned: createTuned(NESTED),
};

/** The kind of that name, or the kind itself when one is given. Throws BAD_OPTION for an unknown name. */
export function resolveKind(kind: ModelKind | ClassifierKind): ClassifierKind {
  if (typeof kind === 'object') return kind;
  const known = Object.hasOwn(CLASSIFIERS, kind) ? CLASSIFIERS[kind] : undefined;
  if (known === undefined) throw optionError('fitClassifier', 'kind', `one of ${Object.keys(CLASSIFIERS).join(', ')}`, kind);
  return known;
}

/**
 * Fits a model of the given kind (a name of CLASSIFIERS, or a kind of the caller's own).
 * Throws BAD_OPTION for options and BAD_DATA for data that cannot be used.
 */
export function fitClassifier(kind: ModelKind | ClassifierKind, data: TrainingData, options: FitOptions): Classifier {
  const { seed } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw optionError('fitClassifier', 'seed', 'an integer from 0 to 4294967295', seed);
  const known = resolveKind(kind);
  if (data.offsets !== undefined && known.takesOffsets !== true) {
    throw new ForecastLabError('BAD_DATA', `A ${known.kind} model cannot be fitted with offsets.`, { hint: 'Leave the offsets out, or take a kind such as logistic or gbdt.' });
  }
  return known.fit(data, options);
}

/** The model that a document of `serialize` holds, of several markets or not, calibrated or not. The document is treated as hostile: throws CORRUPT with the reason. */
export function restoreClassifier(document: unknown): Classifier {
  return kindOf(document) === 'markets' ? restoreMarkets(document, restoreOne) : restoreOne(document);
}

function restoreOne(document: unknown): Classifier {
  return kindOf(document) === 'calibrated' ? restoreCalibrated(document, restorePlain) : restorePlain(document);
}

function kindOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
}

function restorePlain(document: unknown): Classifier {
  const kind = kindOf(document);
  const known = typeof kind === 'string' && Object.hasOwn(CLASSIFIERS, kind) ? CLASSIFIERS[kind as ModelKind] : undefined;
  if (known === undefined) {
    throw new ForecastLabError('CORRUPT', `The stored model must be of kind ${Object.keys(CLASSIFIERS).join(', ')}. Got ${typeof kind === 'string' ? JSON.stringify(kind.slice(0, 50)) : typeof kind}.`, {
      hint: 'Restore the file from its source or train the model again.',
    });
  }
  return known.restore(document);
}
