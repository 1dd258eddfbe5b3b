// The newest bars as the page's columns: missing values become null, because JSON has no NaN.
import { type Klines, klineCount } from '@forecastlab/core';
import type { BarColumns, MarketView } from './dashboard-data.js';

/** A market that was read: bars fit for use, and where they came from. */
export interface DashboardMarket {
  readonly symbol: string;
  readonly interval: string;
  readonly intervalMs: number;
  readonly synthetic: boolean;
  /** File name, without its folder. */
  readonly fileName: string;
  /** Closed bars, oldest first, at least one. */
  readonly klines: Klines;
  /** What was mended or left out on reading. */
  readonly warnings: readonly string[];
}

/** The newest `days` bars of a market. */
export function marketView(market: DashboardMarket, days: number): MarketView {
  const { klines } = market;
  const total = klineCount(klines);
  const first = Math.max(0, total - days);
  const column = (values: Float64Array): (number | null)[] => Array.from(values.subarray(first), (value) => (Number.isFinite(value) ? value : null));
  const bars: BarColumns = {
    openTimeMs: Array.from(klines.openTimeMs.subarray(first)),
    open: column(klines.open),
    high: column(klines.high),
    low: column(klines.low),
    close: column(klines.close),
    volume: column(klines.volume),
  };
  return {
    symbol: market.symbol,
    interval: market.interval,
    intervalMs: market.intervalMs,
    synthetic: market.synthetic,
    fileName: market.fileName,
    totalBars: total,
    firstOpenTimeMs: klines.openTimeMs[0],
    lastOpenTimeMs: klines.openTimeMs[total - 1],
    bars,
  };
}
