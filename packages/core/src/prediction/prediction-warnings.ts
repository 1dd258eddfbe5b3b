// What a reader of a prediction should know before believing it. Only bars up to the as-of bar are looked at, so that
// the same day gives the same warnings whatever came later.
import type { BundleCandidate, BundleMeta, FeatureReference } from '../bundle/bundle-meta.js';
import { FEATURES } from '../features/feature-registry.js';
import { isFlawed } from '../labels/label-options.js';

const DAY_MS = 86_400_000;

/** A model this old has not seen the market of the last quarter. */
const OLD_AFTER_DAYS = 90;

const FLAWED_LABELS = 'Trained on trailing labels, which are known almost whole at the bar itself: its scores and its answer mean nothing for the future.';
const TRAINED_ON_BAR = 'This bar was among the training rows: the answer is a memory, not a forecast.';
const TRAINED_BESIDE_BAR = 'Training has seen other markets at this time and later: the answer is no fair forecast.';
const TRAINED_PAST_BAR = 'Training labels have looked at bars after this one: the answer is no fair forecast.';

export interface AsOfFacts {
  /** Open time of the as-of bar, UTC ms. */
  readonly openTimeMs: number;
  /** Length of a bar, ms. */
  readonly intervalMs: number;
  /** Open times of the bars up to the as-of bar that its features rest on, UTC ms. */
  readonly lookbackOpenTimeMs: Float64Array;
  /** Value of a feature of the bundle at the as-of bar; of one that depends on the candidate, for that candidate. */
  featureValue(name: string, candidate?: BundleCandidate): number;
  /** Of a bundle of several markets: the one that is asked about. */
  readonly symbol?: string | undefined;
  /** Where features follow a leading market: its symbol, and the open time of its newest bar up to the as-of bar; null when it was not at hand. */
  readonly leader?: { readonly symbol: string; readonly lastOpenTimeMs: number | null } | undefined;
}

/** Warnings that hold for all candidates of a bundle. */
export function bundleWarnings(meta: BundleMeta, facts: AsOfFacts, isSynthetic = meta.data.synthetic): string[] {
  const warnings: string[] = [];
  if (isSynthetic) warnings.push('Synthetic prices: the sample market is made by a seeded generator and says nothing about any real market.');
  warnings.push(...symbolWarnings(meta, facts), ...leaderWarnings(facts));
  const cutOffMs = Date.parse(meta.training.cutOff);
  const ageDays = Math.floor((facts.openTimeMs - cutOffMs) / DAY_MS);
  if (ageDays > OLD_AFTER_DAYS) warnings.push(`The model has seen nothing later than ${meta.training.cutOff.slice(0, 10)}, ${ageDays} days before this bar.`);
  const missingBars = countMissingBars(facts.lookbackOpenTimeMs, facts.intervalMs);
  if (missingBars > 0) warnings.push(`${missingBars} of the bars that the features look back on ${missingBars === 1 ? 'is' : 'are'} missing.`);
  const bound = new Set(meta.candidates.flatMap(({ boundFeatures = [] }) => boundFeatures.map(({ name }) => name)));
  // told above, or as in training: a market does not follow itself
  const isLeaderless = meta.leader !== undefined && (meta.leader.symbol === facts.symbol || facts.leader?.lastOpenTimeMs !== facts.openTimeMs);
  const isExplained = (name: string): boolean => isLeaderless && FEATURES.get(name)?.needs === 'leader' && !Number.isFinite(facts.featureValue(name));
  return [...warnings, ...featureWarnings(meta.driftReference.features.filter(({ name }) => !bound.has(name) && !isExplained(name)), (name) => facts.featureValue(name))];
}

/** Warnings that hold for one candidate of the bundle. */
export function candidateWarnings(meta: BundleMeta, candidate: BundleCandidate, facts: AsOfFacts): string[] {
  const warnings: string[] = [];
  if (isFlawed(candidate.labelOptions)) warnings.push(FLAWED_LABELS);
  const lastTrained = lastTrainedMs(meta, candidate, facts);
  if (lastTrained !== undefined && facts.openTimeMs <= lastTrained) warnings.push(TRAINED_ON_BAR);
  else if (facts.openTimeMs < Date.parse(meta.training.cutOff)) warnings.push(lastTrained === undefined ? TRAINED_BESIDE_BAR : TRAINED_PAST_BAR);
  return [...warnings, ...featureWarnings(candidate.boundFeatures ?? [], (name) => facts.featureValue(name, candidate))];
}

/** False for an answer about the past by a model whose training had seen bars after it: no record of what was foreseen. */
export function isFairForecast(answer: { readonly warnings: readonly string[] }): boolean {
  return ![TRAINED_ON_BAR, TRAINED_PAST_BAR, TRAINED_BESIDE_BAR].some((warning) => answer.warnings.includes(warning));
}

/** Open time of the newest training row of the market that is asked about; undefined where training has seen none of it. */
function lastTrainedMs(meta: BundleMeta, candidate: BundleCandidate, { symbol }: AsOfFacts): number | undefined {
  if (meta.symbols === undefined || symbol === undefined) return Date.parse(candidate.lastOpenTime);
  const own = candidate.symbols?.find((market) => market.symbol === symbol);
  return own === undefined ? undefined : Date.parse(own.lastOpenTime);
}

function symbolWarnings({ symbols }: BundleMeta, { symbol }: AsOfFacts): string[] {
  if (symbols === undefined || symbol === undefined || symbols.some((market) => market.symbol === symbol)) return [];
  return [`${symbol} was not among the markets that the model was trained on (${listed(symbols.map((market) => market.symbol))}): it is answered with the class shares of all of them, and its scores are theirs.`];
}

function leaderWarnings({ leader, openTimeMs }: AsOfFacts): string[] {
  if (leader === undefined || leader.lastOpenTimeMs === openTimeMs) return [];
  if (leader.lastOpenTimeMs === null) return [`The bars of ${leader.symbol}, which some features follow, were not at hand: these features are missing.`];
  return [`The bars of ${leader.symbol}, which some features follow, end on ${new Date(leader.lastOpenTimeMs).toISOString().slice(0, 10)}, before this bar.`];
}

const MOST_LISTED = 12;
const listed = (names: readonly string[]): string => (names.length <= MOST_LISTED ? names.join(', ') : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`);

function countMissingBars(openTimeMs: Float64Array, intervalMs: number): number {
  let missing = 0;
  for (let i = 1; i < openTimeMs.length; i += 1) missing += Math.max(0, Math.round((openTimeMs[i] - openTimeMs[i - 1]) / intervalMs) - 1);
  return missing;
}

function featureWarnings(features: readonly FeatureReference[], valueOf: (name: string) => number): string[] {
  return features.flatMap(({ name, quantiles }) => {
    const value = valueOf(name);
    if (quantiles === null) return [];
    if (!Number.isFinite(value)) return [`The feature ${name} is missing.`];
    if (value < quantiles[0]) return [`${name} = ${value} lies below every training row (smallest ${quantiles[0]}).`];
    const largest = quantiles[quantiles.length - 1];
    return value > largest ? [`${name} = ${value} lies above every training row (largest ${largest}).`] : [];
  });
}
