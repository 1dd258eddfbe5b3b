// The closed-bar rule: a bar is closed when the exchange's clock has passed its close time.
import { type Klines, klineCount, sliceKlines, takeKlines } from './klines.js';

/** The bars that are closed at `serverTimeMs`; a view on the same memory where the open ones stand at the end. */
export function closedKlines(
  klines: Klines,
  options: {
    /** The exchange's clock, UTC milliseconds. A local clock that runs fast would let an open bar through. */
    readonly serverTimeMs: number;
  },
): Klines {
  const isClosed = (row: number): boolean => klines.closeTimeMs[row] < options.serverTimeMs;
  const count = klineCount(klines);
  let end = count;
  while (end > 0 && !isClosed(end - 1)) end -= 1;
  let firstOpen = 0;
  while (firstOpen < end && isClosed(firstOpen)) firstOpen += 1;
  if (firstOpen === end) return sliceKlines(klines, 0, end);
  const closed: number[] = [];
  for (let row = 0; row < end; row += 1) if (isClosed(row)) closed.push(row);
  return takeKlines(klines, closed);
}
