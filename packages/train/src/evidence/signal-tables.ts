// The tables of a study of signals as cells, so that report.md and report.html cannot differ.
import type { SignalDecile, SignalRule, SignalStudy, TradeResult } from '@forecastlab/core';
import { count, formatPercent, formatPValue, formatScore, listWords, NO_NUMBER } from '../report/formats.js';

/** Headers, the first of which names the row, and rows of ready text. */
export interface SignalTable {
  readonly caption: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Two rows for each rule: one position at a time, and every signal acted on. The last row is buying and holding. */
export function rulesTable({ rules, buyAndHold, candidate }: SignalStudy): SignalTable {
  const nothing = (columns: number): string[] => Array.from({ length: columns }, () => NO_NUMBER);
  const held = ['Buying and holding, without costs', ...nothing(7), formatPercent(buyAndHold.totalReturn), formatPercent(buyAndHold.maxDrawdown), sharpeText(buyAndHold.sharpe), NO_NUMBER];
  return {
    caption: `Rules that act on ${candidate}, after costs. Every signal: each acted on with 1 / T of the capital, though positions overlap. p: share of random signals of the same number that did as well.`,
    headers: ['Rule', 'Signals', 'Came true', 'Of all bars', 'Trades', 'Mean return', 'Trades that earned', 'p against random', 'Total return', 'Deepest fall', 'Sharpe a year', 'Deflated Sharpe'],
    rows: [...rules.flatMap((rule) => [ruleRow(rule, rule.single, 'one position at a time'), ruleRow(rule, rule.overlapping, 'every signal')]), held],
  };
}

function ruleRow({ side, share, signals, hitRate, baseRate }: SignalRule, { trades, meanReturn, winRate, performance, sharpeEvidence, randomPValue }: TradeResult, how: string): string[] {
  return [
    `${side === 'long' ? 'Buy' : 'Sell'} on the highest ${exactPercent(share)} of P(${side === 'long' ? 'rise' : 'fall'}), ${how}`,
    String(signals), formatPercent(hitRate), formatPercent(baseRate), String(trades), formatPercent(meanReturn), formatPercent(winRate), formatPValue(randomPValue),
    ...(trades === 0 ? [NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_NUMBER] : [formatPercent(performance.totalReturn), formatPercent(performance.maxDrawdown), sharpeText(performance.sharpe), formatScore(sharpeEvidence.deflated)]),
  ];
}

/** Probabilities of a rise and of a fall, each cut into ten; the returns are the price's, before costs. */
export function decilesTable({ upDeciles, downDeciles, candidate }: SignalStudy): SignalTable {
  const cells = (decile: SignalDecile | undefined): string[] => (decile === undefined ? [NO_NUMBER, NO_NUMBER, NO_NUMBER] : [formatPercent(decile.meanProbability), formatPercent(decile.hitRate), formatPercent(decile.meanForwardReturn)]);
  const numbers = [...new Set([...upDeciles, ...downDeciles].map(({ decile }) => decile))].sort((a, b) => a - b);
  const of = (deciles: readonly SignalDecile[], number: number): SignalDecile | undefined => deciles.find(({ decile }) => decile === number);
  return {
    caption: `What followed by the probability of ${candidate}: decile 10 holds the highest. Returns are those of the price over T bars, before costs; a fall is negative on both sides.`,
    headers: ['Decile', 'P(rise)', 'Rose first', 'Return', 'P(fall)', 'Fell first', 'Return'],
    rows: numbers.map((number) => [String(number), ...cells(of(upDeciles, number)), ...cells(of(downDeciles, number))]),
  };
}

/** What was paid, on which markets and when, and how many trials the deflated Sharpe ratio allows for. */
export function studyFacts({ fee, slippage, symbols, firstMs, lastMs, rules }: SignalStudy): string {
  const trials = rules[0]?.single.sharpeEvidence.trials ?? 0;
  const day = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
  return `${listWords(symbols)}, ${day(firstMs)} to ${day(lastMs)}. Costs of entering and of leaving each: ${exactPercent(fee)} fee and ${exactPercent(slippage)} slippage. Thresholds come from earlier folds alone. The deflated Sharpe ratio allows for ${count(trials, 'trial')}.`;
}

/** Said below every study. */
export const NO_PROMISE = 'A study of the past, no promise. Interest, funding, taxes and the effect of the trades on the price are left out.';

const sharpeText = (sharpe: number | null): string => (sharpe === null ? NO_NUMBER : sharpe.toFixed(2).replace(/^-(0\.00)$/, '$1'));
const exactPercent = (share: number): string => `${Number((100 * share).toPrecision(12))} %`;
