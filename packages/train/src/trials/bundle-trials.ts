// What a bundle tried: its candidates, fitted and judged with its settings.
import { isFlawed } from '@forecastlab/core';
import type { TrainBundleRequest } from '../train-bundle.js';
import type { TrialsMade } from './record-trials.js';
import { tradedName, trialDigest } from './trial.js';

/** Undefined for trailing labels: they ask another question. */
export function bundleTrials(run: string, request: TrainBundleRequest): TrialsMade | undefined {
  const { market, markets = [market], leader, candidates, featureSet, modelKind, params = {}, classWeights = 'none', calibration = 'none', sampleWeighting = 'none', window = null, labelOptions = {}, seed } = request;
  if (isFlawed(labelOptions)) return undefined;
  const firstOpenMs = Math.min(...markets.map(({ klines }) => klines.openTimeMs[0]));
  const model = typeof modelKind === 'string' ? modelKind : modelKind.kind;
  const symbols = markets.map(({ symbol, file }) => tradedName({ symbol, file: file ?? '' }));
  return {
    kind: 'bundle',
    run,
    symbols,
    interval: market.interval,
    candidates: candidates.map(({ name }) => name),
    digest: trialDigest({ kind: 'bundle', firstOpenMs, featureSet, model, params, classWeights, calibration, sampleWeighting, window, labelOptions: { ...labelOptions }, seed, ...(markets.length === 1 ? {} : { symbols }), ...(leader === undefined ? {} : { leader: leader.symbol }) }),
    firstOpenMs,
  };
}
