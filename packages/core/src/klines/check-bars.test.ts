import { describe, expect, it } from 'vitest';
import { checkBars } from './check-bars.js';
import { parseInterval } from './interval.js';
import { createKlines, type Klines } from './klines.js';

const DAY = 86_400_000;

function months(...opens: string[]): Klines {
  const klines = createKlines(opens.length);
  opens.forEach((open, row) => {
    klines.openTimeMs[row] = Date.parse(open);
    const next = new Date(klines.openTimeMs[row]);
    klines.closeTimeMs[row] = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 1) - 1;
    for (const column of ['open', 'high', 'low', 'close', 'volume'] as const) klines[column][row] = 1;
  });
  return klines;
}

describe('checkBars', () => {
  it('measures months by the calendar', () => {
    const found = checkBars(months('2024-01-01', '2024-02-01', '2024-03-02'), parseInterval('1M'), { hasOrderFlow: false });
    expect(found.shortBars.count).toBe(0);
    expect(found.longBars.count).toBe(0);
    expect(found.offGrid.rows).toEqual([2]);
  });

  it('takes three-day bars as the exchange anchors them', () => {
    const klines = createKlines(5);
    klines.openTimeMs.forEach((_, row) => (klines.openTimeMs[row] = (1 + row * 3) * DAY));
    klines.closeTimeMs.forEach((_, row) => (klines.closeTimeMs[row] = (4 + row * 3) * DAY - 1));
    expect(checkBars(klines, parseInterval('3d'), { hasOrderFlow: false })).toMatchObject({ gridOffsetMs: DAY, offGrid: { count: 0 } });
  });

  it('allows a close time that is the next open', () => {
    const klines = months('2024-01-01', '2024-02-01');
    klines.closeTimeMs[0] += 1;
    expect(checkBars(klines, parseInterval('1M'), { hasOrderFlow: false }).longBars.count).toBe(0);
    klines.closeTimeMs[0] += 1;
    expect(checkBars(klines, parseInterval('1M'), { hasOrderFlow: false }).longBars.count).toBe(1);
  });

  it('looks at order flow only where there is any', () => {
    const klines = months('2024-01-01');
    klines.takerBuyBase[0] = 5;
    expect(checkBars(klines, parseInterval('1M'), { hasOrderFlow: false }).takerAboveVolume.count).toBe(0);
    expect(checkBars(klines, parseInterval('1M'), { hasOrderFlow: true }).takerAboveVolume.count).toBe(1);
  });
});
