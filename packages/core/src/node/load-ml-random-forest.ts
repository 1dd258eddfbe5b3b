// Loads the optional package ml-random-forest when it is installed beside @forecastlab/core.
import { ForecastLabError } from '../errors.js';
import type { ClassifierKind } from '../models/classifier.js';
import { createMlRandomForest } from '../models/ml-random-forest.js';
import type { MlRandomForestModule } from '../models/ml-random-forest.js';

/** The options of loadMlRandomForest. */
export interface LoadMlRandomForestOptions {
  /** How the package is imported; a test or a bundler may pass its own. Default: `import('ml-random-forest')`. */
  readonly importPackage?: () => Promise<unknown>;
}

/**
 * The model kind `ml-random-forest`, ready for fitClassifier and evaluateWalkForward.
 * Throws BAD_OPTION with the way out when the package is not installed or is not what it should be.
 */
export async function loadMlRandomForest(options: LoadMlRandomForestOptions = {}): Promise<ClassifierKind> {
  const { importPackage = () => import('ml-random-forest') as Promise<unknown> } = options;
  let loaded: unknown;
  try {
    loaded = await importPackage();
  } catch (error) {
    throw new ForecastLabError('BAD_OPTION', 'The optional package ml-random-forest cannot be loaded.', {
      hint: 'Run `npm install ml-random-forest`, or use the model kind random-forest, which needs no package.',
      cause: error,
    });
  }
  // a CommonJS package shows its exports under `default` in some loaders
  const found = [loaded, (loaded as { default?: unknown }).default].find(isModule);
  if (found === undefined) {
    throw new ForecastLabError('BAD_OPTION', 'The package ml-random-forest has no RandomForestClassifier.', { hint: 'Install version 2 of ml-random-forest.' });
  }
  return createMlRandomForest(found);
}

function isModule(value: unknown): value is MlRandomForestModule {
  return typeof value === 'object' && value !== null && 'RandomForestClassifier' in value && typeof value.RandomForestClassifier === 'function';
}
