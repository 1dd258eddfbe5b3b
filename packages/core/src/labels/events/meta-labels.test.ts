import { describe, expect, it } from 'vitest';
import { labelTripleBarrier } from './label-triple-barrier.js';
import { metaLabels } from './meta-labels.js';

describe('metaLabels', () => {
  const prices = { close: [100, 111, 100, 104, 103] };
  const options = { events: [0, 1, 2], target: [0.1, 0.09, 0.1, 0.1, 0.1], verticalBarrier: { bars: 2 } };

  it('say whether the bet gained', () => {
    // Up through the barrier, down through it, and a rise of 3 percent when the time is up.
    const long = { ...options, side: [1, 1, 1, 0, 0] };
    expect([...metaLabels(labelTripleBarrier(prices, long))]).toEqual([1, 0, 0]);
    expect([...metaLabels(labelTripleBarrier(prices, { ...long, verticalLabel: 'sign' }))]).toEqual([1, 0, 1]);
    expect([...metaLabels(labelTripleBarrier(prices, { ...options, side: [-1, -1, -1, 0, 0], verticalLabel: 'sign' }))]).toEqual([0, 1, 0]);
    expect(metaLabels(labelTripleBarrier({ close: [] }, { ...options, events: [], target: [], side: [] }))).toHaveLength(0);
  });

  it('need a side', () => {
    expect(() => metaLabels(labelTripleBarrier(prices, options))).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });
});
