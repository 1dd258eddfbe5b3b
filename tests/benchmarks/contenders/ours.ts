// ForecastLab as a contender. Arguments: the backend ('auto', 'js') and the number of threads; FORECASTLAB_BUILT=1 measures
// the built package instead of the sources.
import type * as Core from '@forecastlab/core';
import type { BoostedTrees, FeatureMatrix, Forest } from '@forecastlab/core';
import type { Job } from '../job.js';
import { CLASS_COUNT } from '../problems/problem.js';
import { serveContender } from './serve-contender.js';

type Fit<Model> = (matrix: FeatureMatrix, classIndexes: ArrayLike<number>, options: object) => Model | Promise<Model>;
type Fitted = { readonly kind: 'boosting'; readonly model: BoostedTrees } | { readonly kind: 'forest'; readonly model: Forest };

const [backend = 'auto', threadsGiven = '1'] = process.argv.slice(2);
const threads = Number(threadsGiven);
const isBuilt = process.env.FORECASTLAB_BUILT === '1';
const built = '../../../packages/core/dist';
const core = (await import(isBuilt ? `${built}/index.js` : '@forecastlab/core')) as typeof Core;
// functions with threads live there; older versions have none of them
const known = { ...core, ...(threads > 1 ? await import(isBuilt ? `${built}/node.js` : '@forecastlab/core/node') : {}) } as Record<string, unknown>;

/** The function that fits a model, by name: one that this version does not have is an error that names it. */
function fitter<Model>(name: string): Fit<Model> {
  const found = known[name];
  if (typeof found !== 'function') throw new Error(`This version of @forecastlab/core has no function ${name}.`);
  return found as Fit<Model>;
}

const fitBoosting = (): Fit<BoostedTrees> => fitter(threads > 1 ? 'fitBoostingThreaded' : 'fitBoosting');
const fitForest = (): Fit<Forest> => fitter(threads > 1 ? 'fitForestThreaded' : 'fitForest');

async function fit(matrix: FeatureMatrix, classIndexes: Uint8Array, job: Job, seed: number): Promise<Fitted> {
  const common = { classes: CLASS_COUNT, seed, backend, ...(threads > 1 ? { threads } : {}) };
  switch (job.model) {
    case 'gbdt': {
      const params = { numIterations: job.rounds, learningRate: job.learningRate, numLeaves: job.leaves, maxBin: job.maxBin, minDataInLeaf: job.minDataInLeaf };
      return { kind: 'boosting', model: await fitBoosting()(matrix, classIndexes, { ...common, params }) };
    }
    case 'forest':
      return { kind: 'forest', model: await fitForest()(matrix, classIndexes, { ...common, params: { nEstimators: job.trees } }) };
    default:
      return { kind: 'forest', model: await fitForest()(matrix, classIndexes, { ...common, params: { nEstimators: job.trees, splitter: 'random' } }) };
  }
}

serveContender<Fitted>({
  version: isBuilt ? 'built' : 'sources',
  fit,
  predict: (fitted, columns, rows) => (fitted.kind === 'boosting' ? core.predictBoosting(fitted.model, columns, rows) : core.predictForest(fitted.model, columns, rows)),
});
