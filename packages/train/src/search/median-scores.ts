// Medians of scores over folds, as the predecessor's tables have them.
import type { Scores } from '@forecastlab/core';
import { median } from 'simple-statistics';
import type { CandidateReport } from './search-report.js';

/** The median over folds of each score, every one by itself. */
export function medianScores(folds: readonly Scores[]): CandidateReport['medians'] {
  const of = (pick: (scores: Scores) => number): number => median(folds.map(pick));
  return {
    precision: of(({ precision }) => precision),
    recall: of(({ recall }) => recall),
    f1: of(({ f1 }) => f1),
    accuracy: of(({ accuracy }) => accuracy),
    balancedAccuracy: of(({ balancedAccuracy }) => balancedAccuracy),
    logLoss: of(({ logLoss }) => logLoss ?? 0),
  };
}
