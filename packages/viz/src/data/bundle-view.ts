// The card of a bundle, from its meta.json.
import { type BundleCandidate, type BundleMeta, type CandidateBarrier, candidateVerdict } from '@forecastlab/core';
import type { BundleCandidateView, BundleView, SkillView } from './dashboard-data.js';

const DAY_MS = 86_400_000;
/** Confidence of every interval in a bundle. */
const INTERVAL_LEVEL = 0.95;

/** What the dashboard shows of a bundle; its age counts from its cut-off to `nowMs`. */
export function bundleView(meta: BundleMeta, context: { readonly nowMs: number; readonly activatedAt: string | null; /** The market shown: of a bundle of several its class shares are told. */ readonly symbol?: string | undefined }): BundleView {
  const cutOffMs = Date.parse(meta.training.cutOff);
  return {
    deployName: meta.deployName,
    createdAt: meta.createdAt,
    activatedAt: context.activatedAt,
    symbol: meta.symbol,
    ...(meta.symbols === undefined ? {} : { symbols: meta.symbols.map(({ symbol }) => symbol), ...(context.symbol === undefined ? {} : { isMarketSeen: meta.symbols.some(({ symbol }) => symbol === context.symbol) }) }),
    interval: meta.interval,
    synthetic: meta.data.synthetic,
    trainedUntil: meta.training.cutOff.slice(0, 10),
    ageDays: Math.max(0, Math.floor((context.nowMs - cutOffMs) / DAY_MS)),
    featureSet: meta.featureSet,
    featureNames: meta.featureNames,
    candidates: meta.candidates.map((candidate) => candidateView(candidate, context.symbol)),
  };
}

/** The one of X and V that the candidate has. */
export function barrierOf({ X, V }: CandidateBarrier): CandidateBarrier {
  return V === undefined ? { X } : { V };
}

/** Rows and class counts are those of the market shown, or of all where it was not among them. */
function candidateView(candidate: BundleCandidate, symbol: string | undefined): BundleCandidateView {
  const { rows, classCounts } = candidate.symbols?.find((market) => market.symbol === symbol) ?? candidate;
  return {
    candidate: candidate.name,
    T: candidate.T,
    ...barrierOf(candidate),
    modelKind: candidate.modelKind,
    labelWindow: candidate.labelOptions.window,
    labelTouch: candidate.labelOptions.touch,
    rows,
    classCounts,
    skill: skillView(candidate),
  };
}

/** The worth of a candidate with the numbers behind it; one that was never evaluated has none. */
export function skillView(candidate: BundleCandidate): SkillView {
  const verdict = candidateVerdict(candidate);
  if (candidate.walkForward === null) return { ...verdict, logLoss: null, priorLogLoss: null, skill: null, skillInterval: null, intervalLevel: null, folds: null, macroF1: null };
  const { model, baselines, skill, folds } = candidate.walkForward;
  return {
    ...verdict,
    logLoss: model.logLoss,
    priorLogLoss: baselines.find(({ name }) => name === 'prior')?.scores.logLoss ?? null,
    skill: skill.skill,
    skillInterval: skill.interval === null ? null : [skill.interval[0], skill.interval[1]],
    intervalLevel: INTERVAL_LEVEL,
    folds,
    macroF1: model.f1,
  };
}
