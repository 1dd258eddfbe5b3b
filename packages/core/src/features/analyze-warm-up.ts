// How much the newest row's features move with the number of bars before it: a model fitted on a long history is later
// asked about features of a short one. Windows do not move once they are full; exponential means never quite stop.
// (Freqtrade calls this recursive analysis.)
import { optionError } from '../errors.js';
import { type Kline, klineAt, klineCount, type Klines } from '../klines/klines.js';
import { computeFeatures, type FeatureContext } from './compute-features.js';
import type { FeatureDefinition } from './feature-definition.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';
import { warmUpBars } from './warm-up-bars.js';

/** A deviation below this share of the scale is settled: nothing that a model could see. */
const SETTLED = 1e-9;

/** What a recursive feature may still move by at its declared warm-up, as a share of its scale: its look-back is declared for 5 % too. */
const RECURSIVE_BOUND = 0.05;

/** Every number of bars up to the largest is tried one by one, which costs its square. */
const MOST_START_UP_BARS = 5000;

export interface WarmUpAnalysisOptions extends FeatureContext {
  /**
   * Numbers of bars, the last row's own included, that the last row is computed from; integers from 1 to 5000. Those above half of the
   * bars are left out: all bars would be no measure for them. Default: 50, 100, 199, 399, 999.
   */
  readonly startUpBars?: readonly number[];
}

export interface FeatureWarmUp {
  readonly feature: string;
  /** As declared: see FeatureDefinition. */
  readonly lookbackBars: number;
  readonly isRecursive: boolean;
  /** Value of the last row from all bars; NaN when it has none, and then all that follows is NaN or null. */
  readonly value: number;
  /** Standard deviation of the feature over all bars from its look-back on; for a feature that never moves its size, or 1 for zero. */
  readonly scale: number;
  /** [startUpBars] |value from that many bars - value| / scale; NaN where those bars give no value. */
  readonly deviations: readonly number[];
  /** The least number of bars from which on the deviation stays below 1e-9; null when it does not by the most that could be tried. */
  readonly settledFromBars: number | null;
  /** The declared warm-up: the look-back, or fewer where training begins with fewer, as it does for the set `baseline`. */
  readonly declaredBars: number;
  /** The deviation with as many bars; NaN where they give no value, or are more than half of the bars. */
  readonly deviationAtDeclared: number;
}

export interface WarmUpAnalysis {
  /** Bars given. */
  readonly bars: number;
  /** The numbers of bars that were tried, ascending. */
  readonly startUpBars: readonly number[];
  readonly features: readonly FeatureWarmUp[];
  /** One sentence for each feature that still moves by more than its bound at its declared warm-up, or has no value to go by. */
  readonly warnings: readonly string[];
}

/**
 * Computes the last row from ever more bars and compares it with the row from all bars.
 * Warned of is a window that moves by 1e-9 of its scale or more at its declared warm-up, and a recursive feature that moves by 5 % or more.
 * @param klines closed bars, oldest first; at least 2
 * @throws BAD_OPTION for an unknown feature, one that needs a candidate when none is given, or bad numbers of bars; BAD_DATA as computeFeatures does
 * @example analyzeWarmUp(klines, ['rsi_14', 'ma7']).features.map((each) => each.settledFromBars) // → [290, 7] for 2,902 days of BTCUSDT
 */
export function analyzeWarmUp(klines: Klines, selection: FeatureSelection, options: WarmUpAnalysisOptions = {}): WarmUpAnalysis {
  const bars = klineCount(klines);
  if (bars < 2) throw optionError('analyzeWarmUp', 'klines', 'at least 2 bars', bars);
  const most = Math.floor(bars / 2);
  const startUpBars = checkStartUpBars(options.startUpBars ?? [50, 100, 199, 399, 999]).filter((count) => count <= most);
  const definitions = resolveFeatures(selection);
  const firstTrained = warmUpBars(selection) + 1;
  const declared = definitions.map(({ lookbackBars }) => Math.min(lookbackBars, firstTrained));
  const tried = Math.min(most, Math.max(...startUpBars, ...declared));
  const { candidate, leader } = options;
  const newest = Array.from({ length: tried }, (_, i) => klineAt(klines, bars - tried + i));
  const leading = leaderBars(leader, newest);
  const table = computeFeatures(klines, definitions, { candidate, leader });
  const features = definitions.map((definition, i): FeatureWarmUp => {
    const column = table.columns[i];
    const value = column[bars - 1];
    const scale = scaleOf(column.subarray(definition.lookbackBars - 1));
    const deviationFrom = (count: number): number => (count > most ? Number.NaN : Math.abs(lastValue(definition, newest.slice(-count), leading.slice(-count), candidate) - value) / scale);
    return {
      feature: definition.name,
      lookbackBars: definition.lookbackBars,
      isRecursive: definition.isRecursive,
      value,
      scale,
      deviations: startUpBars.map(deviationFrom),
      settledFromBars: settledFrom(deviationFrom, tried),
      declaredBars: declared[i],
      deviationAtDeclared: deviationFrom(declared[i]),
    };
  });
  // whoever gives no leader knows that its features are missing
  const judged = features.filter((_, i) => leader !== undefined || definitions[i].needs !== 'leader');
  return { bars, startUpBars, features, warnings: judged.flatMap((feature) => warningOf(feature, most)) };
}

function checkStartUpBars(counts: readonly number[]): readonly number[] {
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 1 || count > MOST_START_UP_BARS) throw optionError('analyzeWarmUp', 'startUpBars', `a list of integers from 1 to ${MOST_START_UP_BARS}`, count);
  }
  return [...new Set(counts)].sort((a, b) => a - b);
}

/** The leader's bar of each bar's open time, where there is one. */
function leaderBars(leader: Klines | undefined, bars: readonly Kline[]): readonly (Kline | undefined)[] {
  const rows = new Map(leader === undefined ? [] : [...leader.openTimeMs].map((openTimeMs, row) => [openTimeMs, row]));
  return bars.map(({ openTimeMs }) => {
    const row = rows.get(openTimeMs);
    return leader === undefined || row === undefined ? undefined : klineAt(leader, row);
  });
}

/** The last row's value from these bars alone. */
function lastValue({ create }: FeatureDefinition, bars: readonly Kline[], leading: readonly (Kline | undefined)[], candidate: FeatureContext['candidate']): number {
  const kernel = create({ candidate });
  let value = Number.NaN;
  bars.forEach((bar, i) => (value = kernel(bar, leading[i])));
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Downwards from the most, because it must stay settled from there on. */
function settledFrom(deviationFrom: (count: number) => number, most: number): number | null {
  let count = most;
  while (count >= 1 && deviationFrom(count) < SETTLED) count -= 1;
  return count === most ? null : count + 1;
}

function warningOf({ feature, isRecursive, value, declaredBars, deviationAtDeclared, settledFromBars }: FeatureWarmUp, most: number): readonly string[] {
  if (Number.isNaN(value)) return [`${feature} has no value in the last row, so its warm-up was not measured.`];
  if (declaredBars > most) return [`${feature} declares a warm-up of ${declaredBars} bars, for which at least ${2 * declaredBars} bars are needed.`];
  if (deviationAtDeclared < (isRecursive ? RECURSIVE_BOUND : SETTLED)) return [];
  const settles = settledFromBars === null ? 'it does not settle within the bars tried' : `it settles from ${settledFromBars} bars on`;
  if (Number.isNaN(deviationAtDeclared)) return [`${feature} has no value with its declared warm-up of ${declaredBars} bars; ${settles}.`];
  return [`${feature} still moves by ${Number((100 * deviationAtDeclared).toPrecision(2))} % of its scale at its declared warm-up of ${declaredBars} bars; ${settles}.`];
}

function scaleOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / known.length);
  return deviation > 0 ? deviation : Math.abs(mean) || 1; // NaN, of no value at all, becomes 1 too
}
