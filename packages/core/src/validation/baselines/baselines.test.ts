import { describe, expect, it } from 'vitest';
import { classShares, lastKnownLabels, lookBackLabels } from './baselines.js';

describe('baselines', () => {
  it('class shares count the given positions only', () => {
    expect(Array.from(classShares([-1, 0, 1, 1], [0, 2, 3]))).toEqual([1 / 3, 0, 2 / 3]);
  });

  it('the last known label is one whose window has ended by the bar', () => {
    // labels of 2 bars at bars 5..9: the first is known at bar 7
    const bars = { labels: [1, -1, 0, 1, -1], rows: [5, 6, 7, 8, 9], spanEnd: [7, 8, 9, 10, 11] };
    expect(Array.from(lastKnownLabels(bars))).toEqual([0, 0, 1, -1, 0]);
    // a label that ends late (a barrier not touched) does not hide newer ones that ended before
    expect(Array.from(lastKnownLabels({ ...bars, spanEnd: [99, 7, 9, 10, 11] }))).toEqual([0, 0, -1, -1, 0]);
  });

  it('looks back over T - 1 closes and never forward', () => {
    const close = Float64Array.of(100, 120, 100, 100, 100, 80);
    expect(Array.from(lookBackLabels(close, [2, 3, 4, 5], { T: 3, X: 0.1 }))).toEqual([1, 0, 0, 1]);
    expect(Array.from(lookBackLabels(Float64Array.of(100, 120), [1], { T: 3, X: 0.1 }))).toEqual([-1]);
    const changed = Float64Array.of(...close.slice(0, 4), 1, 1);
    expect(Array.from(lookBackLabels(changed, [2, 3], { T: 3, X: 0.1 }))).toEqual([1, 0]);
  });
});
