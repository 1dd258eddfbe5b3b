// A model may only be given what its features meant when it was trained.
import { ForecastLabError } from '../errors.js';
import { FEATURES } from '../features/feature-registry.js';
import { featureSetVersion } from '../features/feature-set-version.js';
import type { Bundle } from './load-bundle.js';

/**
 * Checks that this version computes the features of a bundle as they were in its training.
 * @throws CORRUPT when it defines one otherwise, or does not have it
 */
export function checkBundleFeatures({ meta }: Pick<Bundle, 'meta'>): void {
  const unknown = meta.featureNames.find((name) => !FEATURES.has(name));
  if (unknown !== undefined) throw strangeFeatures(meta.deployName, `the feature ${unknown}, which this version does not have`);
  const now = featureSetVersion(meta.featureNames);
  if (now === meta.featureSetVersion) return;
  throw strangeFeatures(meta.deployName, `features that this version defines otherwise (${meta.featureSetVersion} then, ${now} now)`);
}

function strangeFeatures(deployName: string, what: string): ForecastLabError {
  return new ForecastLabError('CORRUPT', `The bundle ${deployName} was trained on ${what}.`, {
    hint: 'Train a new bundle with this version, or predict with the version that made this one.',
    details: { deployName },
  });
}
