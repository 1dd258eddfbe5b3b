// The search itself: settings are tried on inner walk-forward folds of the training rows, the newest first; after each fold the best
// third goes on to the next. Nothing but the training rows is ever seen, and no inner training label reaches into its inner test.
import { isForecastLabError } from '../../errors.js';
import { log } from '../../numeric/log.js';
import { createRandom } from '../../numeric/random.js';
import { checkTrainingData } from '../check-training-data.js';
import type { FitOptions, TrainingData } from '../classifier.js';
import { effectiveWeights } from '../effective-weights.js';
import { countOffsetsOn } from '../markets/market-offsets.js';
import { fitInside, innerProgress, predictBlock, takeRows } from '../nested/inner-fit.js';
import { type InnerSplit, newestFirstSplits, requireSpans } from '../nested/time-blocks.js';
import { meanDifference, windowGroups } from './compare-losses.js';
import { drawSettings, type Setting } from './draw-settings.js';
import { planRungs } from './plan-rungs.js';
import type { ResolvedTuning } from './tuned-params.js';
import type { TriedSetting, TuningSummary } from './tuning-summary.js';

/** Keeps these random numbers apart from others of the same seed. */
const TUNING = 0x7e57;

interface Trial extends Setting {
  readonly index: number;
  /** [folds tried] of log losses [test rows]. */
  readonly losses: Float64Array[];
  failure: string | null;
}

/** What the search took, and the setting itself. */
export interface FoundSetting {
  readonly setting: Setting;
  readonly summary: Omit<TuningSummary, 'fits'>;
  /** Fits made so far. */
  readonly fits: number;
}

/**
 * Searches. Throws BAD_OPTION for hyper-parameters that a kind refuses, BAD_DATA without spans or with too few rows, and what the fit of
 * the first setting throws; other settings that cannot be fitted drop out.
 */
export function searchSettings(tuning: ResolvedTuning, data: TrainingData, options: FitOptions): FoundSetting {
  checkTrainingData('TUNED.fit', data);
  const { search, budget, folds, standardErrors } = tuning;
  const sizes = planRungs(budget, folds);
  const trials: readonly Trial[] = drawSettings(search, Math.max(sizes[0] ?? 1, 1), createRandom(options.seed, TUNING)).map((setting, index) => ({ ...setting, index, losses: [], failure: null }));
  if (sizes.length === 0 || trials.length === 1) return { setting: trials[0], fits: 0, summary: summarize(tuning, trials, 0, []) };
  const spans = requireSpans('TUNED.fit', data);
  const splits = newestFirstSplits('TUNED.fit', spans, sizes.length);
  const weights = splits.map(({ test }) => effectiveWeights(data, options).subarray(test.start, test.end));
  let alive = [...trials];
  let fits = 0;
  splits.forEach((split, rung) => {
    alive = alive.slice(0, sizes[rung]);
    for (const trial of alive) {
      tryOn(trial, split, data, options, { number: fits, of: budget });
      fits += 1;
    }
    alive = rank(alive, weights, sizes[rung + 1] ?? alive.length);
  });
  const compare = (trial: Trial): TriedSetting => describe(trial, trials[0], weights, windowGroups(spans, splits.slice(0, trial.losses.length).map(({ test }) => test)));
  const tried = trials.map(compare);
  const best = alive.find(({ failure }) => failure === null) ?? trials[0];
  const { gain, standardError } = tried[best.index];
  const isBetter = gain !== null && standardError !== null && gain > standardErrors * standardError;
  const chosen = isBetter ? best.index : 0;
  return { setting: trials[chosen], fits, summary: summarize(tuning, trials, chosen, tried) };
}

/** Fits the setting on the inner training rows and keeps its log losses on the inner test rows. */
function tryOn(trial: Trial, { train, test }: InnerSplit, data: TrainingData, options: FitOptions, progress: { readonly number: number; readonly of: number }): void {
  if (trial.failure !== null) return;
  const { onIteration: _, ...rest } = options;
  try {
    const inner = countOffsetsOn(data, train);
    const model = fitInside(trial.kind, takeRows(inner, train), { ...rest, ...innerProgress(options, progress.number, progress.of), params: trial.params });
    const probabilities = predictBlock(model, inner, test);
    const floor = 1 / (train.length + 3); // no setting wins or loses all by a class that it never saw
    trial.losses.push(Float64Array.from({ length: test.end - test.start }, (_value, i) => -log(Math.max(floor, probabilities[3 * i + data.labels[test.start + i] + 1]))));
  } catch (error) {
    const isOwn = isForecastLabError(error) && error.code === 'BAD_DATA';
    if (!isOwn || trial.index === 0) throw error;
    trial.failure = error.message;
  }
}

/** The best `count`, best first, earlier ones before later ones of the same loss; the first setting is always among them. */
function rank(trials: readonly Trial[], weights: readonly Float64Array[], count: number): Trial[] {
  const loss = new Map(trials.map((trial) => [trial, meanLoss(trial, weights) ?? Infinity]));
  const ordered = [...trials].sort((a, b) => {
    const [lossA, lossB] = [loss.get(a) ?? Infinity, loss.get(b) ?? Infinity];
    return lossA === lossB ? a.index - b.index : lossA - lossB;
  });
  const kept = ordered.slice(0, count);
  const first = ordered.find(({ index }) => index === 0);
  if (first !== undefined && !kept.includes(first)) kept[kept.length - 1] = first;
  return kept;
}

function meanLoss({ losses, failure }: Trial, weights: readonly Float64Array[]): number | null {
  if (failure !== null || losses.length === 0) return null;
  let sum = 0;
  let total = 0;
  losses.forEach((rows, fold) => rows.forEach((value, row) => {
    sum += weights[fold][row] * value;
    total += weights[fold][row];
  }));
  return total === 0 ? null : sum / total;
}

function describe(trial: Trial, first: Trial, weights: readonly Float64Array[], groups: Int32Array): TriedSetting {
  const common = { kind: trial.kind.kind, params: trial.params, folds: trial.losses.length };
  const { failure } = trial;
  const loss = meanLoss(trial, weights);
  if (loss === null || trial.index === 0) return { ...common, loss, gain: null, standardError: null, failure };
  const differences = trial.losses.flatMap((rows, fold) => Array.from(rows, (value, row) => first.losses[fold][row] - value));
  const { mean, standardError } = meanDifference(Float64Array.from(differences), Float64Array.from(weights.slice(0, trial.losses.length).flatMap((own) => Array.from(own))), groups);
  return { ...common, loss, gain: mean, standardError: standardError === Infinity ? null : standardError, failure };
}

function summarize({ budget }: ResolvedTuning, trials: readonly Trial[], chosen: number, tried: readonly TriedSetting[]): Omit<TuningSummary, 'fits'> {
  const { kind, params } = trials[chosen];
  const untried = trials.slice(0, 1).map((trial) => ({ kind: trial.kind.kind, params: trial.params, folds: 0, loss: null, gain: null, standardError: null, failure: null }));
  return { chosen, kind: kind.kind, params, budget, tried: tried.length === 0 ? untried : tried };
}
