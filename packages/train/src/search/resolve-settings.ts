// The settings of a search with every default made explicit: what meta.json records and what a resumed run must repeat.
import { isFlawed, optionError, resolveLabelOptions } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import type { SearchReport } from './search-report.js';
import type { SearchRequest } from './search-request.js';

/** All that decides the numbers of a run, besides the bars and the candidates. */
export type SearchSettings = SearchReport['options'];

const DEFAULTS = { initTrain: 1500, oosWindow: 63, step: 21, shuffledFolds: 4 };

/** @throws BAD_OPTION when `refitEvery` stands beside `oosWindow` or `step` */
export function resolveSettings(request: Omit<SearchRequest, 'store' | 'code'>): SearchSettings {
  const { folds = {}, modelKind, leader } = request;
  const { refitEvery } = folds;
  if (refitEvery !== undefined && (folds.oosWindow !== undefined || folds.step !== undefined)) {
    throw optionError('search', 'refitEvery', 'given without oosWindow and step', refitEvery, 'Each model predicts the rows up to the next fit: windows and steps follow from it.');
  }
  const labelOptions = resolveLabelOptions(request.labelOptions);
  return {
    ...(request.preset === undefined ? {} : { preset: request.preset }),
    features: request.featureSet,
    ...(leader === undefined ? {} : { leader: { symbol: leader.symbol, file: leader.file, fingerprint: nativeFingerprint(leader.klines) } }),
    model: typeof modelKind === 'string' ? modelKind : modelKind.kind,
    params: request.params ?? {},
    classWeights: request.classWeights ?? 'none',
    sampleWeights: request.sampleWeighting ?? 'none',
    calibration: request.calibration ?? 'none',
    labelOptions,
    isPurged: folds.isPurged ?? true,
    embargo: folds.embargo ?? 0,
    initTrain: folds.initTrain ?? DEFAULTS.initTrain,
    oosWindow: refitEvery ?? folds.oosWindow ?? DEFAULTS.oosWindow,
    step: refitEvery ?? folds.step ?? DEFAULTS.step,
    refitEvery: refitEvery ?? null,
    window: folds.trainWindow === undefined ? 'expanding' : 'sliding',
    trainWindow: folds.trainWindow ?? null,
    shuffledFolds: request.shuffledFolds ?? DEFAULTS.shuffledFolds,
    rankBy: request.rankBy ?? (isFlawed(labelOptions) ? 'f1' : 'skill'),
    from: request.from ?? null,
    seed: request.seed,
  };
}
