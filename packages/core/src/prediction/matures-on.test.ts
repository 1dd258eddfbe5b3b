import { describe, expect, it } from 'vitest';
import { maturesOn } from './matures-on.js';

describe('maturesOn', () => {
  const open = Date.UTC(2025, 0, 31);

  it('counts days, hours and calendar months', () => {
    expect(maturesOn(open, { horizonBars: 21, interval: { name: '1d', ms: 86_400_000 } })).toBe('2025-02-21');
    expect(maturesOn(open, { horizonBars: 25, interval: { name: '1h', ms: 3_600_000 } })).toBe('2025-02-01');
    expect(maturesOn(Date.UTC(2025, 10, 1), { horizonBars: 3, interval: { name: '1M', ms: 30 * 86_400_000 } })).toBe('2026-02-01');
  });
});
