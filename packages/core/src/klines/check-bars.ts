// The checks of one bar at a time: contradictions inside a row, its grid and its length.
import { FindingList } from './finding-list.js';
import { type Interval, isCalendarMonth, nextOpenTime, startOfInterval } from './interval.js';
import { type Klines, klineCount } from './klines.js';

// Sources round: adjusted prices and sums disagree in their last digits, wrong columns by far more than a millionth.
const ROUNDING = 1e-6;

export interface BarFindings {
  readonly offGrid: FindingList;
  readonly gridOffsetMs: number;
  readonly shortBars: FindingList;
  readonly longBars: FindingList;
  readonly contradictions: FindingList;
  readonly takerAboveVolume: FindingList;
  readonly quoteMismatch: FindingList;
  readonly missingFlow: FindingList;
  readonly zeroVolume: FindingList;
}

/** Checks every bar for itself. @param interval of the bars; without one, grid and length are not checked */
export function checkBars(klines: Klines, interval: Interval | undefined, options: { readonly hasOrderFlow: boolean; readonly maxListed?: number }): BarFindings {
  const { hasOrderFlow, maxListed } = options;
  const { openTimeMs, closeTimeMs, open, high, low, close, volume, quoteVolume, tradeCount, takerBuyBase, takerBuyQuote } = klines;
  const findings: BarFindings = {
    offGrid: new FindingList(maxListed),
    gridOffsetMs: interval === undefined ? 0 : gridOffset(openTimeMs, interval),
    shortBars: new FindingList(maxListed),
    longBars: new FindingList(maxListed),
    contradictions: new FindingList(maxListed),
    takerAboveVolume: new FindingList(maxListed),
    quoteMismatch: new FindingList(maxListed),
    missingFlow: new FindingList(maxListed),
    zeroVolume: new FindingList(maxListed),
  };
  for (let row = 0; row < klineCount(klines); row += 1) {
    if (interval !== undefined) {
      const opened = openTimeMs[row];
      if (startOfInterval(interval, opened - findings.gridOffsetMs) !== opened - findings.gridOffsetMs) findings.offGrid.add(row);
      const end = nextOpenTime(interval, opened);
      if (closeTimeMs[row] < end - 1) findings.shortBars.add(row);
      else if (closeTimeMs[row] > end) findings.longBars.add(row);
    }
    const top = high[row] * (1 + ROUNDING);
    const bottom = low[row] * (1 - ROUNDING);
    if (bottom > high[row] || open[row] > top || open[row] < bottom || close[row] > top || close[row] < bottom) findings.contradictions.add(row);
    if (volume[row] === 0) findings.zeroVolume.add(row);
    if (!hasOrderFlow) continue;
    if (takerBuyBase[row] > volume[row] * (1 + ROUNDING) || takerBuyQuote[row] > quoteVolume[row] * (1 + ROUNDING)) findings.takerAboveVolume.add(row);
    const isOutside = (quote: number, base: number): boolean => quote > top * base + smallestStep(row) || quote < bottom * base - smallestStep(row);
    if (isOutside(quoteVolume[row], volume[row]) || isOutside(takerBuyQuote[row], takerBuyBase[row])) findings.quoteMismatch.add(row);
    if (!(quoteVolume[row] + tradeCount[row] + takerBuyBase[row] + takerBuyQuote[row] < Number.POSITIVE_INFINITY)) findings.missingFlow.add(row);
  }
  return findings;

  /** Volumes come with 8 decimals at best: what half of the last digit is worth, in quote asset. */
  function smallestStep(row: number): number {
    return 1e-8 * (1 + high[row]);
  }
}

/** Where most bars open, if that is off UTC's grid: exchanges' 3-day bars, and daily bars of stock exchanges in local time. */
function gridOffset(openTimeMs: Float64Array, interval: Interval): number {
  if (isCalendarMonth(interval)) return 0;
  const counts = new Map<number, number>();
  for (const time of openTimeMs) {
    const offset = time - startOfInterval(interval, time);
    counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  for (const [offset, count] of counts) if (count * 2 > openTimeMs.length) return offset;
  return 0;
}
