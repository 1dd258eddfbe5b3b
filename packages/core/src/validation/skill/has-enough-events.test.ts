import { describe, expect, it } from 'vitest';
import { countEventBlocks, hasEnoughEvents, LEAST_EVENT_BLOCKS } from './has-enough-events.js';

describe('hasEnoughEvents', () => {
  it('counts stretches in which something else than the usual happens', () => {
    expect(countEventBlocks([0, 0, 1, 1, 0, 0, 0, -1], 2)).toBe(2);
    expect(countEventBlocks([1, 1, 1, 1, 0, 0, 1, 1], 2)).toBe(1);
    expect(countEventBlocks(new Int8Array(100), 10)).toBe(0);
    expect(countEventBlocks([], 10)).toBe(0);
  });

  it('many rows of one long event are one event', () => {
    const labels = Int8Array.from({ length: 1000 }, (_, row) => (row >= 500 && row < 514 ? 1 : 0));
    expect(countEventBlocks(labels, 14)).toBeLessThanOrEqual(2);
    expect(hasEnoughEvents(labels, 14)).toBe(false);
    const spread = Int8Array.from({ length: 1000 }, (_, row) => (row % 100 === 50 ? 1 : 0));
    expect(countEventBlocks(spread, 14)).toBe(10);
    expect(10).toBeGreaterThanOrEqual(LEAST_EVENT_BLOCKS);
    expect(hasEnoughEvents(spread, 14)).toBe(true);
  });
});
