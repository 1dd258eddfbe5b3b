// How often drift is told on a market that has not changed, and how soon on one that has. Used by a test on few markets and, for the
// numbers of docs/drift.md, on many.
import { computeFeatures, createDriftMeter, createReference, type DistributionReference, FEATURES, type FeatureSetName, generateSampleMarket, type Klines, rankDistance, SAMPLE_START_MS, warmUpBars } from '@forecastlab/core';

const DAY = 86_400_000;
const END_MS = SAMPLE_START_MS + 2900 * DAY;
/** Training ends here; everything behind is new to the reference. */
const TRAINING_BARS = 2200;
/** A shift begins here. */
const SHIFT_BAR = 2600;
const MOST_BARS = 200;

export const SHIFTS = {
  'volume doubled': (klines: Klines) => scaled(klines, ['volume', 'quoteVolume', 'takerBuyBase', 'takerBuyQuote', 'tradeCount'], 2),
  'volatility doubled': doubleVolatility,
  'trade count frozen': (klines: Klines) => ({ ...klines, tradeCount: klines.tradeCount.map((value, i) => (i < SHIFT_BAR ? value : klines.tradeCount[SHIFT_BAR - 1])) }),
  'volume frozen': (klines: Klines) => ({ ...klines, volume: klines.volume.map((value, i) => (i < SHIFT_BAR ? value : klines.volume[SHIFT_BAR - 1])) }),
  'quote volume in thousands': (klines: Klines) => scaled(klines, ['quoteVolume'], 1 / 1000),
  'taker columns missing': (klines: Klines) => scaled(klines, ['takerBuyBase', 'takerBuyQuote'], Number.NaN),
} satisfies Record<string, (klines: Klines) => Klines>;

export type ShiftName = keyof typeof SHIFTS;

/** The alarms at one bar. */
export interface Alarms {
  readonly drift: boolean;
  readonly stuck: boolean;
  readonly far: boolean;
}

/** A market with the reference of its training rows. */
export interface StudyMarket {
  readonly klines: Klines;
  readonly features: FeatureSetName;
  readonly reference: DistributionReference;
}

export function studyMarket(seed: number, features: FeatureSetName): StudyMarket {
  const klines = generateSampleMarket({ seed, startMs: SAMPLE_START_MS, endMs: END_MS });
  const { names, columns } = columnsOf(klines, features);
  const first = warmUpBars(features);
  const length = TRAINING_BARS - first;
  const table = { names, columns: columns.map((column) => column.subarray(first, TRAINING_BARS)), length };
  const inOrder = Int32Array.from({ length }, (_, i) => i);
  return { klines, features, reference: createReference(table, { groups: [inOrder], bars: Float64Array.from(inOrder), seed: 42, withDistances: true, mayBeAbsent }) };
}

/** Gives the alarms at a bar of these klines, which may have been changed after training. */
export function alarmsOf({ features, reference }: StudyMarket, klines: Klines, rows?: number): (bar: number) => Alarms {
  const { columns } = columnsOf(klines, features);
  const firstRow = warmUpBars(features);
  const meter = createDriftMeter(reference, columns, { firstRow, mayBeAbsent });
  return (bar) => {
    const drift = meter.measure(bar, rows);
    const distance = rankDistance(reference, columns.map((column) => column[bar]), bar - firstRow);
    return { drift: drift?.isDrifted === true, stuck: drift?.columns.some(({ verdict }) => verdict === 'stuck') === true, far: distance?.isFar === true };
  };
}

/** The bars behind training of a market that goes on as it was: share with each alarm, 0 to 1. */
export function falseAlarms(market: StudyMarket, { step = 1, rows }: { readonly step?: number; readonly rows?: number | undefined } = {}): Record<keyof Alarms, number> & { readonly bars: number } {
  const alarms = alarmsOf(market, market.klines, rows);
  const counts = { drift: 0, stuck: 0, far: 0 };
  let bars = 0;
  for (let bar = TRAINING_BARS + 14; bar < market.klines.close.length; bar += step) {
    const own = alarms(bar);
    bars += 1;
    for (const kind of ['drift', 'stuck', 'far'] as const) counts[kind] += own[kind] ? 1 : 0;
  }
  return { bars, drift: counts.drift / bars, stuck: counts.stuck / bars, far: counts.far / bars };
}

/** Bars from a shift to the first alarm of each kind, the shifted bar being 1; null where none came within 200. */
export function barsUntilFound(market: StudyMarket, shift: ShiftName, rows?: number): Record<keyof Alarms, number | null> {
  const alarms = alarmsOf(market, SHIFTS[shift](market.klines), rows);
  const found: Record<keyof Alarms, number | null> = { drift: null, stuck: null, far: null };
  for (let after = 1; after <= MOST_BARS && Object.values(found).includes(null); after += 1) {
    const own = alarms(SHIFT_BAR + after - 1);
    for (const kind of ['drift', 'stuck', 'far'] as const) if (own[kind]) found[kind] ??= after;
  }
  return found;
}

function mayBeAbsent(name: string): boolean {
  return FEATURES.get(name)?.needs === 'leader';
}

/** The features that do not depend on the candidate. */
function columnsOf(klines: Klines, features: FeatureSetName): { readonly names: readonly string[]; readonly columns: readonly Float64Array[] } {
  const { names, columns } = computeFeatures(klines, features, { candidate: { name: 'T14_X8', T: 14, X: 0.08 } });
  const kept = names.filter((name) => FEATURES.get(name)?.needs !== 'candidate');
  return { names: kept, columns: kept.map((name) => columns[names.indexOf(name)]) };
}

function scaled(klines: Klines, columns: readonly (keyof Klines)[], factor: number): Klines {
  return { ...klines, ...Object.fromEntries(columns.map((name) => [name, klines[name].map((value, i) => (i < SHIFT_BAR ? value : value * factor))])) };
}

/** Every log return behind the shift twice as large, and the bar's range with it. */
function doubleVolatility(klines: Klines): Klines {
  const close = klines.close.slice();
  const [open, high, low] = [klines.open.slice(), klines.high.slice(), klines.low.slice()];
  for (let i = SHIFT_BAR; i < close.length; i += 1) {
    const before = close[i - 1];
    const own = (price: number): number => before * (price / klines.close[i - 1]) ** 2;
    [close[i], open[i], high[i], low[i]] = [own(klines.close[i]), own(klines.open[i]), own(klines.high[i]), own(klines.low[i])];
  }
  return { ...klines, open, high, low, close };
}
