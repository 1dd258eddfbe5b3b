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
  const { open, high, low, close, volume, quoteVolume, tradeCount, takerBuyBase, takerBuyQuote } = klines;
  const findings: BarFindings = {
    offGrid: new FindingList(maxListed),
    gridOffsetMs: interval === undefined ? 0 : gridOffset(klines.openTimeMs, interval),
    shortBars: new FindingList(maxListed),
    longBars: new FindingList(maxListed),
    contradictions: new FindingList(maxListed),
    takerAboveVolume: new FindingList(maxListed),
    quoteMismatch: new FindingList(maxListed),
    missingFlow: new FindingList(maxListed),
    zeroVolume: new FindingList(maxListed),
  };
  const count = klineCount(klines);
  if (interval !== undefined) checkTimes(klines, interval, findings);
  for (let row = 0; row < count; row += 1) {
    const top = high[row] * (1 + ROUNDING);
    const bottom = low[row] * (1 - ROUNDING);
    if (bottom > high[row] || open[row] > top || open[row] < bottom || close[row] > top || close[row] < bottom) findings.contradictions.add(row);
    if (volume[row] === 0) findings.zeroVolume.add(row);
    if (!hasOrderFlow) continue;
    const [base, quote, takerBase, takerQuote] = [volume[row], quoteVolume[row], takerBuyBase[row], takerBuyQuote[row]];
    if (takerBase > base * (1 + ROUNDING) || takerQuote > quote * (1 + ROUNDING)) findings.takerAboveVolume.add(row);
    // Volumes come with 8 decimals at best: what half of the last digit is worth, in quote asset.
    const step = 1e-8 * (1 + high[row]);
    if (quote > top * base + step || quote < bottom * base - step || takerQuote > top * takerBase + step || takerQuote < bottom * takerBase - step) findings.quoteMismatch.add(row);
    if (!(quote + tradeCount[row] + takerBase + takerQuote < Number.POSITIVE_INFINITY)) findings.missingFlow.add(row);
  }
  return findings;
}

function checkTimes({ openTimeMs, closeTimeMs }: Klines, interval: Interval, { offGrid, gridOffsetMs, shortBars, longBars }: BarFindings): void {
  let before = Number.NaN;
  let isBeforeOnGrid = false;
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const opened = openTimeMs[row];
    // a bar that follows one on the grid is on it too; months differ in length
    const isNext: boolean = isBeforeOnGrid && opened - before === interval.ms && !isCalendarMonth(interval);
    isBeforeOnGrid = isNext || startOfInterval(interval, opened - gridOffsetMs) === opened - gridOffsetMs;
    before = opened;
    if (!isBeforeOnGrid) offGrid.add(row);
    const end = nextOpenTime(interval, opened);
    if (closeTimeMs[row] < end - 1) shortBars.add(row);
    else if (closeTimeMs[row] > end) longBars.add(row);
  }
}

/** Where most bars open, if that is off UTC's grid: exchanges' 3-day bars, and daily bars of stock exchanges in local time. */
function gridOffset(openTimeMs: Float64Array, interval: Interval): number {
  if (isCalendarMonth(interval)) return 0;
  // Boyer and Moore's vote: an offset that more than half of the bars have is the one left over.
  let offset = 0;
  let votes = 0;
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const other = openTimeMs[row] - startOfInterval(interval, openTimeMs[row]);
    if (votes === 0) offset = other;
    votes += other === offset ? 1 : -1;
  }
  if (offset === 0) return 0;
  let count = 0;
  for (let row = 0; row < openTimeMs.length; row += 1) if (openTimeMs[row] - startOfInterval(interval, openTimeMs[row]) === offset) count += 1;
  return count * 2 > openTimeMs.length ? offset : 0;
}
