// From bundle and bars to the prediction of a day: pure, so that the same data, bundle and date give the same bytes.
import { candidateVerdict } from '../bundle/candidate-verdict.js';
import type { BundleCandidate } from '../bundle/bundle-meta.js';
import { checkBundleFeatures } from '../bundle/check-bundle-features.js';
import type { Bundle } from '../bundle/load-bundle.js';
import { predictWithBundle } from '../bundle/predict-with-bundle.js';
import { ForecastLabError } from '../errors.js';
import { computeCandidateFeatures } from '../features/candidate-features.js';
import { resolveFeatures } from '../features/feature-registry.js';
import type { FeatureTable } from '../features/feature-table.js';
import { fingerprintKlines } from '../klines/fingerprint-klines.js';
import { type Interval, parseInterval } from '../klines/interval.js';
import { type Klines, sliceKlines } from '../klines/klines.js';
import { barriers } from '../labels/barriers.js';
import { parseCandidate } from '../labels/candidate.js';
import { VOLATILITY_LOOKBACK_BARS } from '../labels/expected-volatility.js';
import { type ResolvedLabelOptions, resolveLabelOptions } from '../labels/label-options.js';
import { agreeCandidates, type AgreedPrediction } from './agree-candidates.js';
import { findAsOfBar } from './as-of-bar.js';
import { type CandidatePrediction, DAILY_PREDICTION_SCHEMA, type DailyPrediction } from './daily-prediction.js';
import { maturesOn } from './matures-on.js';
import { type AsOfFacts, bundleWarnings, candidateWarnings } from './prediction-warnings.js';

/** A prediction file names this many features, those with the largest contributions. */
const TOP_FEATURES = 5;

export interface PredictDayOptions {
  /** UTC date `YYYY-MM-DD`. Default: the newest complete day of the klines. */
  readonly asofDate?: string;
  /** The market that the bars are of. Default: the bundle's, of several the first. One that training has not seen is answered with the class shares of all, and marked. */
  readonly symbol?: string | undefined;
  /** True when these bars are synthetic. Default: as the bundle's. */
  readonly isSynthetic?: boolean | undefined;
  /** Closed bars of the market that the bundle names as its leader; other bundles do not look at them. Default: none, and features that follow it are missing. */
  readonly leader?: Klines | undefined;
  /** What gives fingerprintKlines of the bars. Default: that itself, in JavaScript, some 25 ms per MB; Node's sha256 takes 1. */
  readonly fingerprint?: ((klines: Klines) => string) | undefined;
}

/**
 * Predicts one day with every candidate of the bundle.
 * @param klines closed bars of the bundle's interval and of `symbol`, oldest first; bars after the as-of bar are not looked at
 * @throws BAD_OPTION for a date without a bar, BAD_DATA for klines without a needed column, CORRUPT when the bundle was made
 * with features that this version defines otherwise
 */
export function predictDay(bundle: Bundle, klines: Klines, options: PredictDayOptions = {}): DailyPrediction {
  const { meta } = bundle;
  checkBundleFeatures(bundle);
  const { symbol = meta.symbol, fingerprint = fingerprintKlines } = options;
  const interval = parseInterval(meta.interval);
  const asOf = findAsOfBar(klines, { intervalMs: interval.ms, ...options });
  const known = sliceKlines(klines, 0, asOf.row + 1);
  const questions = meta.candidates.map(({ name }) => parseCandidate(name));
  const leader = leaderOf(meta, symbol, options.leader, known.openTimeMs[asOf.row]);
  const { tables } = computeCandidateFeatures(known, meta.featureNames, questions, { leader: leader?.klines });
  const tableOf = ({ name }: BundleCandidate): FeatureTable => tables[questions.findIndex((question) => question.name === name)];
  const lookback = Math.max(...resolveFeatures(meta.featureNames).map((definition) => definition.lookbackBars)) + Math.max(0, ...[...bundle.models.values()].map(({ contextRows = 0 }) => contextRows));
  const facts: AsOfFacts & BarrierFacts = {
    barrierOf: (candidate) => barrierAt(known, candidate),
    openTimeMs: known.openTimeMs[asOf.row],
    intervalMs: interval.ms,
    lookbackOpenTimeMs: known.openTimeMs.subarray(Math.max(0, asOf.row + 1 - lookback)),
    featureValue: (name, candidate = meta.candidates[0]) => tableOf(candidate).columns[meta.featureNames.indexOf(name)][asOf.row],
    symbol: meta.symbols === undefined ? undefined : symbol,
    leader: leader === undefined ? undefined : { symbol: leader.symbol, lastOpenTimeMs: leader.klines?.openTimeMs.at(-1) ?? null },
  };
  return {
    schema: DAILY_PREDICTION_SCHEMA,
    asof_date: asOf.date,
    symbol,
    ...(meta.symbols === undefined ? {} : { market_seen: meta.symbols.some((market) => market.symbol === symbol) }),
    interval: meta.interval,
    synthetic: options.isSynthetic ?? meta.data.synthetic,
    close: known.close[asOf.row],
    deploy_name: meta.deployName,
    bundle_sha256: bundle.sha256,
    data_sha256: fingerprint(known),
    ...(leader === undefined ? {} : { leader: { symbol: leader.symbol, data_sha256: leader.klines === undefined ? null : fingerprint(leader.klines) } }),
    predictions: agreeCandidates(meta, predictWithBundle(bundle, tableOf, asOf.row, { symbol }), facts).map((prediction) => describePrediction(prediction, meta, facts, interval)),
    warnings: bundleWarnings(meta, facts, options.isSynthetic),
  };
}

/** The leading market up to the as-of bar: what came later must change nothing. Undefined for a bundle that was trained without one, and for the leader itself. */
function leaderOf(meta: Bundle['meta'], symbol: string, klines: Klines | undefined, openTimeMs: number): { readonly symbol: string; readonly klines: Klines | undefined } | undefined {
  if (meta.leader === undefined || meta.leader.symbol === symbol) return undefined;
  const known = klines?.openTimeMs.filter((time) => time <= openTimeMs).length ?? 0;
  return { symbol: meta.leader.symbol, klines: klines === undefined || known === 0 ? undefined : sliceKlines(klines, 0, known) };
}

interface BarrierFacts {
  /** The move that counts as an event at the as-of bar, as a fraction. */
  barrierOf(candidate: BundleCandidate): number;
}

/** The barrier at the last bar. Throws BAD_DATA where volatility is not known. */
function barrierAt(known: Klines, candidate: BundleCandidate): number {
  const { name } = candidate;
  const barrier = barriers(known.close, candidate)[known.close.length - 1];
  if (barrier > 0) return barrier;
  throw new ForecastLabError('BAD_DATA', `The barrier of ${name} is not known: ${known.close.length} bars are too few for a volatility, or the price never moved.`, {
    hint: `Give at least ${VOLATILITY_LOOKBACK_BARS} bars before the day that is asked for.`,
    details: { candidate: name },
  });
}

function describePrediction(prediction: AgreedPrediction, meta: Bundle['meta'], facts: AsOfFacts & BarrierFacts, interval: Interval): CandidatePrediction {
  const { candidate, probabilities, predLabel, contributions, modelProbabilities } = prediction;
  const verdict = candidateVerdict(candidate);
  return {
    candidate: candidate.name,
    T: candidate.T,
    X: facts.barrierOf(candidate),
    ...(candidate.V === undefined ? {} : { V: candidate.V }),
    ...(isDefault(candidate.labelOptions) ? {} : { label_options: candidate.labelOptions }),
    pred_label: predLabel,
    pred_proba: probaOf(probabilities),
    ...(modelProbabilities === undefined ? {} : { model_proba: probaOf(modelProbabilities) }),
    matures_on: maturesOn(facts.openTimeMs, { horizonBars: candidate.T, interval }),
    skill: { has_skill: verdict.hasSkill, sentence: verdict.sentence },
    top_features: contributions.slice(0, TOP_FEATURES),
    warnings: candidateWarnings(meta, candidate, facts),
  };
}

function isDefault({ window, tieBreak, touch }: ResolvedLabelOptions): boolean {
  const usual = resolveLabelOptions();
  return window === usual.window && tieBreak === usual.tieBreak && touch === usual.touch;
}

function probaOf([down, neutral, up]: readonly [number, number, number]): CandidatePrediction['pred_proba'] {
  return { '-1': down, '0': neutral, '1': up };
}
