// What an outage leaves behind: bars that never were, and a last one that closes early.
import { type Klines, klineCount, takeKlines } from '../../packages/core/src/klines/klines.js';
import type { Outage } from './options.js';

/** The bars that there are when the exchange was down at these times. The columns given stay as they are. */
export function withOutages(klines: Klines, outages: readonly Outage[]): Klines {
  if (outages.length === 0) return klines;
  const rows: number[] = [];
  for (let row = 0; row < klineCount(klines); row += 1) {
    const openTimeMs = klines.openTimeMs[row] as number;
    if (!outages.some(({ fromMs, toMs }) => openTimeMs >= fromMs && openTimeMs < toMs)) rows.push(row);
  }
  const left = takeKlines(klines, rows);
  for (const { fromMs } of outages) {
    const cut = left.openTimeMs.findIndex((openTimeMs, row) => openTimeMs < fromMs && (left.closeTimeMs[row] as number) >= fromMs);
    if (cut >= 0) left.closeTimeMs[cut] = fromMs - 1;
  }
  return left;
}
