// Where the history of one candidate comes from: the bundle's walk-forward table, its model run over later bars, the
// recorded predictions, and the labels that tell what happened.
import { barriers, type Bundle, type BundleCandidate, CLASSES, type DailyPrediction, type FeatureTable, findAsOfBar, isFairForecast, isForecastLabError, type Klines, labelReversals, parseCandidate, predictRows } from '@forecastlab/core';
import type { Label } from './dashboard-data.js';
import type { HistorySources, Probabilities } from './merge-history.js';

export interface SourceInput {
  readonly bundle: Bundle;
  /** All bars, oldest first. */
  readonly klines: Klines;
  readonly intervalMs: number;
  /** [candidates] the bundle's features of all bars, for each of its candidates. */
  readonly features: readonly FeatureTable[];
  /** Position of the oldest bar that is shown. */
  readonly firstShown: number;
  readonly recorded: readonly DailyPrediction[];
  /** The market of the bars. Default: the bundle's. */
  readonly symbol?: string | undefined;
}

/** The sources of one candidate's history for the bars shown. */
export function candidateSources(candidate: BundleCandidate, input: SourceInput): HistorySources {
  return {
    walkForward: walkForwardOf(candidate, input),
    ...replayOf(candidate, input),
    recorded: recordedOf(candidate, input),
    outcome: outcomesOf(candidate, input),
    ...(candidate.V === undefined ? {} : { barrier: barriersOf(candidate, input) }),
  };
}

/** Folds stand in order, so that of overlapping folds the newest counts, as it would in production. */
function walkForwardOf(candidate: BundleCandidate, { bundle, symbol = bundle.meta.symbol }: SourceInput): Map<number, Probabilities> {
  const values = new Map<number, Probabilities>();
  const table = bundle.walkForward.get(candidate.name);
  if (table === undefined) return values;
  for (let row = 0; row < table.openTimeMs.length; row += 1) {
    if (table.symbols !== undefined && table.symbolIndex !== undefined && table.symbols[table.symbolIndex[row]] !== symbol) continue;
    values.set(table.openTimeMs[row], [table.pDown[row], table.pNeutral[row], table.pUp[row]]);
  }
  return values;
}

/** The model's answers for the bars shown that were no training rows, parted at the bundle's cut-off. */
function replayOf(candidate: BundleCandidate, { bundle, klines, features, firstShown, symbol = bundle.meta.symbol }: SourceInput): { replay: Map<number, Probabilities>; overlap: Map<number, Probabilities> } {
  const replay = new Map<number, Probabilities>();
  const overlap = new Map<number, Probabilities>();
  const stored = bundle.models.get(candidate.name);
  const model = bundle.meta.symbols === undefined ? stored : (stored?.forSymbol?.(symbol) ?? stored);
  // bars of a market that training has not seen were no training rows, but others of their time were
  const lastTrainedMs = Date.parse(candidate.symbols?.find((market) => market.symbol === symbol)?.lastOpenTime ?? candidate.lastOpenTime);
  const cutOffMs = Date.parse(bundle.meta.training.cutOff);
  let first = firstShown;
  while (first < klines.openTimeMs.length && klines.openTimeMs[first] <= lastTrainedMs) first += 1;
  const length = klines.openTimeMs.length - first;
  if (model === undefined || length <= 0) return { replay, overlap };
  const probabilities = predictRows(model, features[bundle.meta.candidates.indexOf(candidate)], { begin: first, end: first + length });
  for (let i = 0; i < length; i += 1) {
    const time = klines.openTimeMs[first + i];
    (time >= cutOffMs ? replay : overlap).set(time, [probabilities[3 * i], probabilities[3 * i + 1], probabilities[3 * i + 2]]);
  }
  return { replay, overlap };
}

/** An answer given later, by a model whose training had seen what came after that bar, is on file but no record of a forecast. */
function recordedOf(candidate: BundleCandidate, { klines, intervalMs, recorded }: SourceInput): Map<number, Probabilities> {
  const values = new Map<number, Probabilities>();
  for (const prediction of recorded) {
    const answer = prediction.predictions.find((entry) => entry.candidate === candidate.name);
    const time = asOfTime(klines, intervalMs, prediction.asof_date);
    if (answer !== undefined && isFairForecast(answer) && time !== undefined) values.set(time, [answer.pred_proba['-1'], answer.pred_proba['0'], answer.pred_proba['1']]);
  }
  return values;
}

/** Open time of the bar that a day's prediction was made from; undefined when the klines lack that day. */
function asOfTime(klines: Klines, intervalMs: number, asofDate: string): number | undefined {
  try {
    return klines.openTimeMs[findAsOfBar(klines, { intervalMs, asofDate }).row];
  } catch (error) {
    if (isForecastLabError(error)) return undefined;
    throw error;
  }
}

/** The barrier at each bar shown, where it is known. */
function barriersOf(candidate: BundleCandidate, { klines, firstShown }: SourceInput): Map<number, number> {
  const barrier = barriers(klines.close, candidate);
  return new Map(Array.from(barrier.subarray(firstShown), (size, i) => [klines.openTimeMs[firstShown + i], size] as const).filter(([, size]) => size > 0));
}

function outcomesOf(candidate: BundleCandidate, { klines, firstShown }: SourceInput): Map<number, Label> {
  const { label } = labelReversals(klines, parseCandidate(candidate.name), candidate.labelOptions);
  const outcomes = new Map<number, Label>();
  for (let row = firstShown; row < label.length; row += 1) {
    const known = CLASSES.find((value) => value === label[row]);
    if (known !== undefined) outcomes.set(klines.openTimeMs[row], known);
  }
  return outcomes;
}
