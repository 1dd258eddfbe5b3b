// What a reader of a prediction should know before believing it. Only bars up to the as-of bar are looked at, so that
// the same day gives the same warnings whatever came later.
import type { BundleCandidate, BundleMeta } from '../bundle/bundle-meta.js';
import { isFlawed } from '../labels/label-options.js';

const DAY_MS = 86_400_000;

/** A model this old has not seen the market of the last quarter. */
const OLD_AFTER_DAYS = 90;

const FLAWED_LABELS = 'Trained on trailing labels, which are known almost whole at the bar itself: its scores and its answer mean nothing for the future.';
const TRAINED_ON_BAR = 'This bar was among the training rows: the answer is a memory, not a forecast.';
const TRAINED_PAST_BAR = 'Training labels have looked at bars after this one: the answer is no fair forecast.';

export interface AsOfFacts {
  /** Open time of the as-of bar, UTC ms. */
  readonly openTimeMs: number;
  /** Length of a bar, ms. */
  readonly intervalMs: number;
  /** Open times of the bars up to the as-of bar that its features rest on, UTC ms. */
  readonly lookbackOpenTimeMs: Float64Array;
  /** Value of each of the bundle's features at the as-of bar, in their order. */
  readonly featureValues: ArrayLike<number>;
}

/** Warnings that hold for all candidates of a bundle. */
export function bundleWarnings(meta: BundleMeta, facts: AsOfFacts): string[] {
  const warnings: string[] = [];
  if (meta.data.synthetic) warnings.push('Synthetic prices: the sample market is made by a seeded generator and says nothing about any real market.');
  const cutOffMs = Date.parse(meta.training.cutOff);
  const ageDays = Math.floor((facts.openTimeMs - cutOffMs) / DAY_MS);
  if (ageDays > OLD_AFTER_DAYS) warnings.push(`The model has seen nothing later than ${meta.training.cutOff.slice(0, 10)}, ${ageDays} days before this bar.`);
  const missingBars = countMissingBars(facts.lookbackOpenTimeMs, facts.intervalMs);
  if (missingBars > 0) warnings.push(`${missingBars} of the bars that the features look back on ${missingBars === 1 ? 'is' : 'are'} missing.`);
  return [...warnings, ...featureWarnings(meta, facts.featureValues)];
}

/** Warnings that hold for one candidate of the bundle. */
export function candidateWarnings(meta: BundleMeta, candidate: BundleCandidate, facts: AsOfFacts): string[] {
  const warnings: string[] = [];
  if (isFlawed(candidate.labelOptions)) warnings.push(FLAWED_LABELS);
  if (facts.openTimeMs <= Date.parse(candidate.lastOpenTime)) warnings.push(TRAINED_ON_BAR);
  else if (facts.openTimeMs < Date.parse(meta.training.cutOff)) warnings.push(TRAINED_PAST_BAR);
  return warnings;
}

/** False for an answer about the past by a model whose training had seen bars after it: no record of what was foreseen. */
export function isFairForecast(answer: { readonly warnings: readonly string[] }): boolean {
  return !answer.warnings.includes(TRAINED_ON_BAR) && !answer.warnings.includes(TRAINED_PAST_BAR);
}

function countMissingBars(openTimeMs: Float64Array, intervalMs: number): number {
  let missing = 0;
  for (let i = 1; i < openTimeMs.length; i += 1) missing += Math.max(0, Math.round((openTimeMs[i] - openTimeMs[i - 1]) / intervalMs) - 1);
  return missing;
}

function featureWarnings(meta: BundleMeta, values: ArrayLike<number>): string[] {
  return meta.driftReference.features.flatMap(({ name, quantiles }, i) => {
    const value = values[i];
    if (!Number.isFinite(value)) return [`The feature ${name} is missing.`];
    if (quantiles === null) return [];
    if (value < quantiles[0]) return [`${name} = ${value} lies below every training row (smallest ${quantiles[0]}).`];
    const largest = quantiles[quantiles.length - 1];
    return value > largest ? [`${name} = ${value} lies above every training row (largest ${largest}).`] : [];
  });
}
