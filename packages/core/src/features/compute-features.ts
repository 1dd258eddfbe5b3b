// A whole feature table: every kernel over every bar, oldest first. The same kernels serve one new bar at a time.
import { ForecastLabError, optionError } from '../errors.js';
import { type Kline, klineAt, klineCount, type Klines } from '../klines/klines.js';
import type { Candidate } from '../labels/candidate.js';
import type { FeatureDefinition } from './feature-definition.js';
import { type FeatureSelection, resolveFeatures } from './feature-registry.js';
import type { FeatureTable } from './feature-table.js';

/** What features that need more than the market's own bars are computed for. */
export interface FeatureContext {
  /** The question asked; needed by features such as the distance to its barrier. */
  readonly candidate?: Candidate | undefined;
  /**
   * Bars of the leading market (Bitcoin, for other coins), of the same interval; joined on open time. Without them, or where one is
   * missing, features of the leader are NaN.
   */
  readonly leader?: Klines | undefined;
}

/**
 * The features of every bar, one column [bars] per feature in the selection's order; NaN where undefined, never infinite.
 * Windows count bars, not time: a gap in the klines shortens nothing.
 * @param klines closed bars, oldest first
 * @throws BAD_OPTION for an unknown feature, or one that needs a candidate when none is given; BAD_DATA for klines without the order flow that a feature needs
 * @example computeFeatures(klines, 'flow').columns[0] // rsi_14
 */
export function computeFeatures(klines: Klines, selection: FeatureSelection, context: FeatureContext = {}): FeatureTable {
  const definitions = resolveFeatures(selection);
  checkInputs(klines, definitions);
  checkCandidate(definitions, context);
  const rows = klineCount(klines);
  const kernels = definitions.map(({ create }) => create(context));
  const leaders = createLeaderBars(context.leader);
  const columns = definitions.map((): Float64Array => new Float64Array(rows));
  if (rows === 0) return { names: definitions.map(({ name }) => name), columns, length: 0, openTimeMs: klines.openTimeMs };
  const bar: MutableBar = klineAt(klines, 0); // one object for all bars
  for (let row = 0; row < rows; row += 1) {
    readBar(klines, row, bar);
    const leader = leaders(bar.openTimeMs);
    for (let i = 0; i < kernels.length; i += 1) {
      const value = kernels[i](bar, leader);
      columns[i][row] = Number.isFinite(value) ? value : Number.NaN;
    }
  }
  return { names: definitions.map(({ name }) => name), columns, length: rows, openTimeMs: klines.openTimeMs };
}

/** Gives the leader's bar of an open time, asked for in ascending order. */
function createLeaderBars(leader: Klines | undefined): (openTimeMs: number) => Kline | undefined {
  if (leader === undefined || klineCount(leader) === 0) return () => undefined;
  const bar: MutableBar = klineAt(leader, 0);
  let next = 0;
  return (openTimeMs) => {
    while (next < klineCount(leader) && leader.openTimeMs[next] < openTimeMs) next += 1;
    if (next === klineCount(leader) || leader.openTimeMs[next] !== openTimeMs) return undefined;
    readBar(leader, next, bar);
    return bar;
  };
}

type MutableBar = { -readonly [column in keyof Kline]: number };

/** Written out: properties named by a variable are several times slower, and this runs for every bar. */
function readBar(klines: Klines, row: number, bar: MutableBar): void {
  bar.openTimeMs = klines.openTimeMs[row];
  bar.open = klines.open[row];
  bar.high = klines.high[row];
  bar.low = klines.low[row];
  bar.close = klines.close[row];
  bar.volume = klines.volume[row];
  bar.closeTimeMs = klines.closeTimeMs[row];
  bar.quoteVolume = klines.quoteVolume[row];
  bar.tradeCount = klines.tradeCount[row];
  bar.takerBuyBase = klines.takerBuyBase[row];
  bar.takerBuyQuote = klines.takerBuyQuote[row];
}

function checkCandidate(definitions: readonly FeatureDefinition[], { candidate }: FeatureContext): void {
  const bound = definitions.find(({ needs }) => needs === 'candidate');
  if (bound !== undefined && candidate === undefined) throw optionError('computeFeatures', 'candidate', `given for features that depend on it, such as ${bound.name}`, undefined);
}

/** A column of nothing but NaN would train silently on nothing. */
function checkInputs(klines: Klines, definitions: readonly FeatureDefinition[]): void {
  if (klineCount(klines) === 0) return;
  const read = [...new Set(definitions.flatMap(({ inputs }) => inputs))];
  const absent = read.filter((column) => klines[column].every((value) => Number.isNaN(value)));
  if (absent.length === 0) return;
  throw new ForecastLabError('BAD_DATA', `The klines have no ${absent.join(', ')}, which some of the features need.`, {
    hint: "Use klines with order flow, or the features 'baseline', which need closes only.",
    details: { columns: absent, features: definitions.filter(({ inputs }) => inputs.some((column) => absent.includes(column))).map(({ name }) => name) },
  });
}
