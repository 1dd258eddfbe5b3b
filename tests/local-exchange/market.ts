// One market: its bars as the exchange shows them at a given time.
import { type Interval, nextOpenTime, parseInterval } from '../../packages/core/src/klines/interval.js';
import { type Klines, sliceKlines } from '../../packages/core/src/klines/klines.js';
import { type Bar, type BarList, barsBefore } from './bar.js';
import { columnBars } from './column-bars.js';
import { openBar } from './open-bar.js';
import type { Decimals, MarketSpec, Venue } from './options.js';
import { withOutages } from './outages.js';
import { recordedBars } from './recorded-bars.js';
import { changeBar, type RestatedValues } from './restate-bar.js';
import { sampleKlines } from './sample-klines.js';

/** Where new values of a bar are shown. The real exchange's answers and dumps have differed for years. */
export type Place = 'rest' | 'dumps';

export const DEFAULT_DECIMALS: Readonly<Record<Venue, Decimals>> = {
  spot: { price: 8, quantity: 8, quote: 8 },
  usdm: { price: 2, quantity: 3, quote: 5 },
};

export interface Market {
  readonly symbol: string;
  readonly interval: Interval;
  readonly venue: Venue;
  /** Bars that have opened by `nowMs`; the last may still be open. */
  bars(nowMs: number, place: Place): BarList;
  /** Bars that have opened by `nowMs` as columns, or undefined for recorded ones. */
  columns(nowMs: number): Klines | undefined;
  restate(openMs: number, values: RestatedValues, places: readonly Place[]): void;
}

/** `delayMs`: how far the values that REST shows lag behind. */
export function createMarket(spec: MarketSpec, delayMs = 0): Market {
  const interval = parseInterval(spec.interval);
  const venue = spec.venue ?? 'spot';
  const decimals = spec.decimals ?? DEFAULT_DECIMALS[venue];
  const listedMs = spec.listedMs ?? Number.NEGATIVE_INFINITY;
  const restated: Record<Place, Map<number, RestatedValues>> = { rest: new Map(), dumps: new Map() };
  const source = 'rows' in spec ? { bars: recordedBars(spec.rows) } : columnSource(spec, interval);

  const allBars = (nowMs: number): BarList => ('bars' in source ? source.bars : columnBars(source.columns(nowMs), decimals));
  const bars = (nowMs: number, place: Place): BarList => {
    const all = allBars(nowMs);
    const first = barsBefore(all, listedMs);
    const end = barsBefore(all, nowMs + 1);
    const show = (row: number): Bar => {
      const final = all.bar(first + row);
      const values = restated[place].get(final.openTimeMs);
      const bar = values === undefined ? final : changeBar(final, values, decimals);
      const knownMs = Math.max(bar.openTimeMs, place === 'rest' ? nowMs - delayMs : nowMs);
      if (knownMs > bar.closeTimeMs) return bar;
      return openBar(bar, (knownMs - bar.openTimeMs) / (bar.closeTimeMs + 1 - bar.openTimeMs));
    };
    return { count: Math.max(0, end - first), openTimeMs: (row) => all.openTimeMs(first + row), bar: show };
  };
  const columns = (nowMs: number): Klines | undefined => {
    if ('bars' in source) return undefined;
    const klines = source.columns(nowMs);
    const all = columnBars(klines, decimals);
    return sliceKlines(klines, barsBefore(all, listedMs), barsBefore(all, nowMs + 1));
  };
  return {
    symbol: spec.symbol,
    interval,
    venue,
    bars,
    columns,
    restate: (openMs, values, places) => {
      const all = allBars(openMs);
      if (all.openTimeMs(barsBefore(all, openMs)) !== openMs) throw new Error(`${spec.symbol} ${spec.interval} has no bar that opens at ${new Date(openMs).toISOString()}.`);
      for (const place of places) restated[place].set(openMs, { ...restated[place].get(openMs), ...values });
    },
  };
}

/** Columns up to any time, made anew when the clock has gone past those that there are. */
function columnSource(spec: Exclude<MarketSpec, { rows: unknown }>, interval: Interval): { columns(nowMs: number): Klines } {
  const outages = spec.outages ?? [];
  if ('klines' in spec) {
    const klines = withOutages(spec.klines, outages);
    return { columns: () => klines };
  }
  const { startMs, endMs = Number.POSITIVE_INFINITY } = spec.sample;
  let until = Number.NEGATIVE_INFINITY;
  let klines: Klines | undefined;
  return {
    columns: (nowMs) => {
      const wanted = Math.min(endMs, nextOpenTime(interval, nowMs));
      if (klines === undefined || wanted > until) {
        // Some more than wanted: a clock that is moved on in steps would otherwise make all of it at each.
        until = Math.min(endMs, wanted + Math.max(100 * interval.ms, (wanted - startMs) / 8));
        klines = withOutages(sampleKlines(spec.interval, { ...spec.sample, untilMs: until }), outages);
      }
      return klines;
    },
  };
}
