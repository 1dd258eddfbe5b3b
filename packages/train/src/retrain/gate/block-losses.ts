// Log losses of the rows of one test block: by a model that a recipe fits on the purged past, or by a bundle that has seen none of it.
import { type Bundle, type Candidate, type Classifier, type ClassifierKind, fitPooledFold, type Fold, ForecastLabError, matchColumns, type ModelKind, parseInterval, type PooledModel, type PooledRows, positionsByMarket, predictRows, rowLogLosses, selectRows } from '@forecastlab/core';
import type { Recipe } from '../recipe.js';

/** [test rows] each. */
export interface BlockLosses {
  readonly model: Float64Array;
  /** Of the class shares of the training rows. */
  readonly classShares: Float64Array;
}

/** The model of a recipe, as the pooled evaluation takes it. `kind`: the recipe's, loaded where it needs an optional package. */
export function modelOfRecipe({ params, classWeights, seed, calibration, sampleWeighting, symbolWeighting }: Recipe, kind: ModelKind | ClassifierKind): PooledModel {
  return { modelKind: kind, fitOptions: { params, ...(classWeights === 'balanced' ? { classWeights } : {}) }, seed, calibration, sampleWeighting, symbolWeighting };
}

/** Fits on the fold's training rows and scores its test rows. */
export function fittedLosses(rows: PooledRows, candidate: Candidate, fold: Fold, model: PooledModel, interval: string): BlockLosses {
  const { forecasts } = fitPooledFold({ candidate, intervalMs: parseInterval(interval).ms, rows, folds: [fold] }, 0, model);
  const labels = rows.labels.subarray(fold.testStartIx, fold.testEndIx + 1);
  const lossesOf = (name: string): Float64Array => {
    const forecast = forecasts.find((own) => own.name === name);
    if (forecast === undefined) throw new ForecastLabError('FAILED', `A fold gave no forecast named ${name}.`);
    return rowLogLosses(labels, forecast.probabilities);
  };
  return { model: lossesOf('model'), classShares: lossesOf('class-shares') };
}

/** Scores a bundle's own model on the test rows; [test rows]. */
export function frozenLosses(bundle: Bundle, candidate: string, rows: PooledRows, fold: Pick<Fold, 'testStartIx' | 'testEndIx'>): Float64Array {
  const stored = bundle.models.get(candidate);
  if (stored === undefined) throw new ForecastLabError('BAD_DATA', `${bundle.meta.deployName} has no model of ${candidate}.`);
  const test = Int32Array.from({ length: fold.testEndIx - fold.testStartIx + 1 }, (_, i) => fold.testStartIx + i);
  const probabilities = new Float64Array(3 * test.length);
  for (const [market, own] of positionsByMarket(rows, test).entries()) {
    if (own.length === 0) continue;
    const predicted = predictOwn(stored.forSymbol?.(rows.symbols[market]) ?? stored, bundle.meta.featureNames, rows, own);
    for (const [i, position] of own.entries()) probabilities.set(predicted.subarray(3 * i, 3 * i + 3), 3 * (position - fold.testStartIx));
  }
  return rowLogLosses(rows.labels.subarray(fold.testStartIx, fold.testEndIx + 1), probabilities);
}

/** A model that looks back is of one market: its rows are consecutive. */
function predictOwn(model: Classifier, names: readonly string[], { features, rows }: PooledRows, own: Int32Array): Float64Array {
  const matched = { names, length: features.length, columns: matchColumns(features, names) };
  if ((model.contextRows ?? 0) === 0) return model.predictProba(selectRows(matched, own));
  return predictRows(model, matched, { begin: own[0], end: own[0] + own.length, bars: rows });
}
