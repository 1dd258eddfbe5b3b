// What the walk-forward evaluation inside a bundle leads to expect of its live scores, and how much a stretch of days may differ by chance.
import type { BundleCandidate, BundleMeta } from '../bundle/bundle-meta.js';
import { parseInterval } from '../klines/interval.js';
import { type MeanSpread, meanSpread } from '../validation/evidence/date-bootstrap.js';
import { gainSeries, viewRecord } from '../validation/evidence/gain-series.js';
import { mean, rowLogLosses } from '../validation/metrics/probability-scores.js';
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { overlappingDays } from './live-rows.js';
import type { ExpectedScores } from './scorecard.js';

const DAY_MS = 86_400_000;

/** Expected scores, and what their chance is known from. */
export interface Expectation {
  readonly scores: ExpectedScores;
  /** As many days as the evaluation tells of, one prediction a day. */
  readonly days: number;
  /** [days] mean log loss of each day, in order; empty where it is not at hand, or of other markets. */
  readonly series: Float64Array;
  /** Of the mean of the series, and over how many days; null when that is too short. */
  readonly spread: MeanSpread | null;
  readonly spreadDays: number;
}

/**
 * The expectation of a candidate in some markets. Undefined when it was never evaluated. A market that training has not seen is expected to do
 * as all others together, without a measure of chance.
 * @param predictions the rows behind the scores, from the bundle's walk-forward file; undefined when they are not at hand
 * @example expectationOf(meta, meta.candidates[0], parseWalkForwardCsv(bytes, { file }), ['BTCUSDT'])
 */
export function expectationOf(meta: Pick<BundleMeta, 'symbol' | 'symbols' | 'interval'>, candidate: BundleCandidate, predictions: WalkForwardPredictions | undefined, symbols: readonly string[]): Expectation | undefined {
  const { walkForward, T } = candidate;
  if (walkForward === null || walkForward.model.logLoss === null) return undefined;
  const seen = meta.symbols === undefined ? [meta.symbol] : meta.symbols.map(({ symbol }) => symbol);
  const isSeen = symbols.every((symbol) => seen.includes(symbol));
  const isPart = isSeen && symbols.length < seen.length;
  const group = isPart && symbols.length === 1 ? walkForward.evidence?.bySymbol.find(({ name }) => name === symbols[0]) : undefined;
  const { skill, interval } = group?.againstClassShares ?? walkForward.skill;
  const times = group?.rows ?? walkForward.evidence?.times ?? walkForward.model.rows;
  const days = (times * overlappingDays({ T, interval: meta.interval })) / T;
  const rows = predictions === undefined ? [] : newestRows(predictions, isPart ? symbols : undefined);
  if (predictions === undefined || rows.length === 0) {
    const scores: ExpectedScores = { rows: group?.rows ?? walkForward.model.rows, log_loss: group?.logLoss ?? walkForward.model.logLoss, skill: { value: skill, interval: isSeen ? interval : null } };
    return { scores, days, series: new Float64Array(0), spread: null, spreadDays: 0 };
  }
  const scores: ExpectedScores = { rows: rows.length, log_loss: mean(lossesOf(predictions, rows)), skill: { value: skill, interval: isSeen ? interval : null } };
  return { scores, days, ...(isSeen ? dailyLosses(predictions, rows, meta.interval, T) : { series: new Float64Array(0), spread: null, spreadDays: 0 }) };
}

/** Live predictions are made from the last bar of a day: so are these. */
function dailyLosses(predictions: WalkForwardPredictions, all: readonly number[], interval: string, T: number): Pick<Expectation, 'series' | 'spread' | 'spreadDays'> {
  const { ms } = parseInterval(interval);
  const rows = ms >= DAY_MS ? all : all.filter((row) => (predictions.openTimeMs[row] + ms) % DAY_MS === 0);
  if (rows.length === 0) return { series: new Float64Array(0), spread: null, spreadDays: 0 };
  const view = viewRecord({ labels: Int8Array.from(rows, (row) => predictions.label[row]), openTimeMs: Float64Array.from(rows, (row) => predictions.openTimeMs[row]), T: overlappingDays({ T, interval }) });
  const series = gainSeries(lossesOf(predictions, rows), view);
  return { series, spread: meanSpread(series, view.blockLength), spreadDays: series.length };
}

function lossesOf({ label, pDown, pNeutral, pUp }: WalkForwardPredictions, rows: readonly number[]): Float64Array {
  const probabilities = Float64Array.from(rows.flatMap((row) => [pDown[row], pNeutral[row], pUp[row]]));
  return rowLogLosses(Int8Array.from(rows, (row) => label[row]), probabilities);
}

/** Rows in the order of time; of overlapping folds the newest counts, as in the scores. `wanted`: only these markets. */
function newestRows({ openTimeMs, fold, symbols, symbolIndex }: WalkForwardPredictions, wanted: readonly string[] | undefined): number[] {
  const newest = new Map<string, number>();
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const symbol = symbols === undefined || symbolIndex === undefined ? '' : symbols[symbolIndex[row]];
    if (wanted !== undefined && symbols !== undefined && !wanted.includes(symbol)) continue;
    const key = `${openTimeMs[row]} ${symbol}`;
    const before = newest.get(key);
    if (before === undefined || fold[row] > fold[before]) newest.set(key, row);
  }
  return [...newest.values()].sort((a, b) => openTimeMs[a] - openTimeMs[b] || a - b);
}

/** What several bundles lead to expect together, each weighted by its live rows; at least one. Their evaluations tell of the same past, so their errors are averaged, not pooled. */
export function combineExpectations(parts: readonly { readonly expectation: Expectation; readonly rows: number }[]): Expectation {
  if (parts.length === 1) return parts[0].expectation;
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const average = (valueOf: (expectation: Expectation) => number): number => parts.reduce((sum, { expectation, rows }) => sum + (rows / total) * valueOf(expectation), 0);
  const hasIntervals = parts.every(({ expectation }) => expectation.scores.skill.interval !== null);
  const ends = (end: 0 | 1): number => average(({ scores }) => scores.skill.interval?.[end] ?? 0);
  const hasSpread = parts.every(({ expectation }) => expectation.spread !== null);
  return {
    scores: {
      rows: Math.max(...parts.map(({ expectation }) => expectation.scores.rows)),
      log_loss: average(({ scores }) => scores.log_loss),
      skill: { value: average(({ scores }) => scores.skill.value), interval: hasIntervals ? [ends(0), ends(1)] : null },
    },
    days: average(({ days }) => days),
    series: new Float64Array(0),
    spreadDays: average(({ spreadDays }) => spreadDays),
    spread: hasSpread ? { mean: average(({ spread }) => spread?.mean ?? 0), error: average(({ spread }) => spread?.error ?? 0), blocks: Math.min(...parts.map(({ expectation }) => expectation.spread?.blocks ?? 0)) } : null,
  };
}
