// Puts the dashboard's data together from what was read. Pure: files, clock and bundle are passed in.
import { type Bundle, computeCandidateFeatures, type DailyPrediction, isForecastLabError, klineCount, type Klines, parseCandidate, predictDay } from '@forecastlab/core';
import { bundleView } from './bundle-view.js';
import { candidateSources } from './candidate-sources.js';
import { type CandidateHistory, DASHBOARD_SCHEMA, type DashboardData, type Notice, type TodayView } from './dashboard-data.js';
import { type DashboardMarket, marketView } from './market-view.js';
import { agreeSources } from './agree-sources.js';
import { mergeHistory } from './merge-history.js';
import { todayView } from './today-view.js';
import { ageInWords, isoDate } from './words.js';

const DAY_MS = 86_400_000;

export interface DashboardParts {
  /** UTC milliseconds. */
  readonly nowMs: number;
  /** How many of the newest bars are shown. */
  readonly days: number;
  readonly market: DashboardMarket | null;
  /** Closed bars of the market that features of the bundle follow. Default: none, and these features are missing. */
  readonly leader?: Klines | undefined;
  readonly active: { readonly bundle: Bundle; readonly activatedAt: string | null } | null;
  /** Predictions on file for this market, oldest first. */
  readonly recorded: readonly DailyPrediction[];
  readonly warnings: readonly string[];
  readonly notices: readonly Notice[];
}

/** The dashboard's data. A bundle of another market, or one that cannot use these klines, is told in a notice. */
export function assembleDashboard(parts: DashboardParts): DashboardData {
  const { market, active, nowMs, days } = parts;
  const notices = [...parts.notices];
  if (market !== null) notices.push(...oldData(market, nowMs));
  const answers = market === null || active === null ? NO_ANSWERS : answersOf(market, active.bundle, parts, notices);
  const newest = parts.recorded.at(-1);
  const prediction = newest ?? answers.now;
  const today = prediction === null ? null : todayView(prediction, newest === undefined ? 'replay' : 'recorded', active?.bundle.meta ?? null);
  if (today !== null && market !== null) notices.push(...stalePrediction(today, market));
  return {
    schema: DASHBOARD_SCHEMA,
    nowMs,
    days,
    synthetic: market?.synthetic === true || active?.bundle.meta.data.synthetic === true,
    market: market === null ? null : marketView(market, days),
    bundle: active === null ? null : bundleView(active.bundle.meta, { nowMs, activatedAt: active.activatedAt, symbol: market?.symbol }),
    today,
    history: answers.history,
    warnings: [...(market?.warnings ?? []), ...parts.warnings],
    notices,
  };
}

interface Answers {
  readonly history: readonly CandidateHistory[];
  /** What the bundle says about the newest complete day; null where it cannot be asked. */
  readonly now: DailyPrediction | null;
}

const NO_ANSWERS: Answers = { history: [], now: null };

function answersOf(market: DashboardMarket, bundle: Bundle, parts: DashboardParts, notices: Notice[]): Answers {
  const { meta } = bundle;
  const { klines } = market;
  const { symbol } = market;
  if ((meta.symbols === undefined && meta.symbol !== symbol) || meta.interval !== market.interval) {
    notices.push({ kind: 'problem', message: `The active bundle ${meta.deployName} was trained on ${meta.symbols === undefined ? meta.symbol : `${meta.symbols.length} markets of`} ${meta.interval}; these klines are ${market.symbol} ${market.interval}. It is not asked about them.` });
    return NO_ANSWERS;
  }
  try {
    const leader = meta.leader === undefined || meta.leader.symbol === symbol ? undefined : parts.leader;
    const now = predictDay(bundle, klines, meta.symbols === undefined ? { leader } : { symbol, isSynthetic: market.synthetic, leader });
    const firstShown = Math.max(0, klineCount(klines) - parts.days);
    const input = { bundle, klines, intervalMs: market.intervalMs, features: computeCandidateFeatures(klines, meta.featureNames, meta.candidates.map(({ name }) => parseCandidate(name)), { leader }).tables, firstShown, recorded: parts.recorded, symbol };
    const shown = klines.openTimeMs.subarray(firstShown);
    return { now, history: agreeSources(bundle, klines, meta.candidates.map((candidate) => candidateSources(candidate, input))).map((sources, i) => mergeHistory(meta.candidates[i], shown, sources)) };
  } catch (error) {
    if (!isForecastLabError(error)) throw error;
    notices.push({ kind: 'problem', message: `The active bundle ${meta.deployName} cannot be asked about these klines. ${[error.message, error.hint].filter(Boolean).join(' ')}` });
    return NO_ANSWERS;
  }
}

/** Says when bars have closed since the newest one that is here: a day and a half late for daily bars. */
function oldData(market: DashboardMarket, nowMs: number): Notice[] {
  const closedMs = market.klines.openTimeMs[klineCount(market.klines) - 1] + market.intervalMs;
  const lateMs = nowMs - closedMs;
  if (lateMs < 1.5 * Math.max(market.intervalMs, DAY_MS)) return [];
  const message = `The klines end with ${isoDate(closedMs - market.intervalMs)}, ${ageInWords(Math.floor(lateMs / DAY_MS))} ago: what the model says is about that time, not about today.`;
  // Only the sample market can be brought up to date by a command; real klines come as files.
  if (!market.synthetic) return [{ kind: 'old-data', message: `${message} Give a newer file with --data.` }];
  return [{ kind: 'old-data', message, command: `forecastlab-train data update --symbol ${market.symbol} --interval ${market.interval}` }];
}

/** Says when the newest bar has no recorded prediction yet. */
function stalePrediction(today: TodayView, market: DashboardMarket): Notice[] {
  const lastDate = isoDate(market.klines.openTimeMs[klineCount(market.klines) - 1]);
  const command = 'forecastlab-predict run';
  if (today.origin === 'replay') return [{ kind: 'no-prediction', message: 'No prediction is on file yet. What follows was computed now by the active bundle and is not recorded.', command }];
  if (today.asofDate >= lastDate || market.intervalMs < DAY_MS) return [];
  return [{ kind: 'no-prediction', message: `The newest prediction is of ${today.asofDate}; the klines go on to ${lastDate}.`, command }];
}
