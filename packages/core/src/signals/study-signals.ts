// What acting on probabilities would have been worth: forward returns by decile, then simple rules with costs, beside buying and holding
// and random signals of the same number. Thresholds come from earlier folds alone. A study of the past, no promise.
import { optionError } from '../errors.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import { decilesOf } from './deciles.js';
import { forwardReturns, type MarketCloses } from './forward-returns.js';
import { barsPerYear, performanceOf, sharpeEvidence, sharpeOf } from './performance.js';
import { createPortfolio } from './portfolio.js';
import { randomSignalsPValue } from './random-signals.js';
import { findSignals } from './find-signals.js';
import type { SignalRule, SignalStudy, TradeResult } from './signal-study.js';
import { studySentence } from './study-sentence.js';
import { type ReplayedTrades, replayTrades } from './trades.js';

export interface SignalStudyOptions {
  /** Costs of entering and of leaving each, as fractions of the traded amount. Default: 0.001, the exchange's usual fee. */
  readonly fee?: number;
  /** Default: 0.0005. */
  readonly slippage?: number;
  /** Act on the highest so large shares of a probability. Default: 0.1 and 0.2. */
  readonly shares?: readonly number[];
  /** Rules and models tried besides those of this study: the deflated Sharpe ratio allows for them. Default: 0. */
  readonly otherTrials?: number;
  /** Draws of random signals. Default: 500. */
  readonly draws?: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
}

/**
 * Studies the forecast `model` of a record.
 * @param closes closing prices by symbol: the bars that the record was made from
 * @throws BAD_OPTION, BAD_DATA when a market or a bar is missing
 * @example studySignals(record, new Map([['BTCUSDT', klines]]), { seed: 42 }).sentence
 */
export function studySignals(record: ForecastRecord, closes: ReadonlyMap<string, MarketCloses>, options: SignalStudyOptions): SignalStudy {
  const { fee = 0.001, slippage = 0.0005, shares = [0.1, 0.2], otherTrials = 0, draws = 500, seed } = options;
  for (const [name, cost] of Object.entries({ fee, slippage })) if (!(cost >= 0 && cost < 0.5)) throw optionError('studySignals', name, 'a fraction from 0 to below 0.5', cost);
  if (shares.length === 0 || shares.some((share) => !(share > 0 && share < 1))) throw optionError('studySignals', 'shares', 'fractions above 0 and below 1', shares.join(', '));
  const bars = forwardReturns(record, closes);
  const perYear = barsPerYear(record.intervalMs);
  const costs = fee + slippage;
  const isUsable = (row: number): boolean => !Number.isNaN(bars.forwardReturn[row]);
  // everything is compared over the time in which rules could act
  const { eligible: acting } = findSignals(record, { side: 'long', share: shares[0], isUsable });
  const portfolio = createPortfolio(record, closes, bars, acting);
  const drafts = (['long', 'short'] as const).flatMap((side) =>
    shares.map((share) => {
      const { signals, eligible } = findSignals(record, { side, share, isUsable });
      return { side, share, signals, eligible, replay: replayTrades(record, closes, bars, { signals, side, costs, portfolio }) };
    }),
  );
  const spread = deviationOf(drafts.map(({ replay }) => sharpeOf(replay.single.returns) ?? 0));
  const trials = drafts.length + otherTrials;
  const resultOf = ({ trades, returns }: ReplayedTrades, randomPValue: number | null): TradeResult => ({
    trades: trades.length,
    meanReturn: trades.length === 0 ? null : meanOf(trades),
    winRate: trades.length === 0 ? null : trades.filter((value) => value > 0).length / trades.length,
    performance: performanceOf(returns, perYear),
    sharpeEvidence: sharpeEvidence(returns, { trials, spread }),
    randomPValue,
  });
  const rules = drafts.map(({ side, share, signals, eligible, replay }): SignalRule => {
    const label = side === 'long' ? 1 : -1;
    const hits = (rows: readonly number[]): number => rows.filter((row) => record.labels[row] === label).length / rows.length;
    return {
      side,
      share,
      signals: signals.length,
      hitRate: signals.length === 0 ? null : hits(signals),
      baseRate: eligible.length === 0 ? null : hits(eligible),
      single: resultOf(replay.single, randomSignalsPValue(record, bars, replay, { rows: eligible, draws, seed })),
      overlapping: resultOf(replay.overlapping, null),
    };
  });
  const study = {
    candidate: record.candidate,
    symbols: record.symbols,
    firstMs: record.openTimeMs[0],
    lastMs: record.openTimeMs[record.openTimeMs.length - 1],
    fee,
    slippage,
    upDeciles: decilesOf(record, bars.forwardReturn, 1),
    downDeciles: decilesOf(record, bars.forwardReturn, -1),
    rules,
    buyAndHold: performanceOf(portfolio.marketReturns, perYear),
  };
  return { ...study, sentence: studySentence(study) };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i];
  return sum / values.length;
}

function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1));
}
