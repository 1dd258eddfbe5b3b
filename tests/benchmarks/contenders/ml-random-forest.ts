// The npm package ml-random-forest as a contender, through our adapter: it fits, our flat trees predict.
import { createRequire } from 'node:module';
import { CLASSES, type Classifier, fitClassifier } from '@forecastlab/core';
import { loadMlRandomForest } from '@forecastlab/core/node';
import { serveContender } from './serve-contender.js';

const require = createRequire(import.meta.url);
const { version } = require('ml-random-forest/package.json') as { version: string };
const kind = await loadMlRandomForest({ importPackage: () => import('ml-random-forest') as Promise<unknown> });

serveContender<Classifier>({
  version,
  fit(features, classIndexes, job, seed) {
    const labels = Int8Array.from(classIndexes, (index) => CLASSES[index]);
    return fitClassifier(kind, { features, labels }, { seed, params: { nEstimators: job.trees } });
  },
  predict: (model, columns, rows) => model.predictProba({ names: model.featureNames, columns, length: rows }),
});
