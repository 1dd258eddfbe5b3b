import { describe, expect, it } from 'vitest';
import { mergeHistory, type Probabilities } from './merge-history.js';

const p = (up: number): Probabilities => [0.5 - up / 2, 0.5 - up / 2, up];

describe('mergeHistory', () => {
  it('joins on open time and prefers recorded over replay over walk-forward', () => {
    const merged = mergeHistory({ name: 'T2_X8', T: 2, X: 0.08 }, [10, 20, 30, 40, 50], {
      walkForward: new Map([[10, p(0.1)], [20, p(0.2)], [5, p(0.9)]]),
      replay: new Map([[20, p(0.3)], [30, p(0.4)], [40, p(0.5)]]),
      overlap: new Map([[10, p(0.7)], [50, p(0.8)]]),
      recorded: new Map([[40, p(0.6)]]),
      outcome: new Map([[10, 1], [20, -1]] as const),
    });
    expect(merged).toMatchObject({
      candidate: 'T2_X8',
      openTimeMs: [10, 20, 30, 40, 50],
      origin: ['walk-forward', 'replay', 'replay', 'recorded', 'overlap'],
      pUp: [0.1, 0.3, 0.4, 0.6, 0.8],
      outcome: [1, -1, null, null, null],
    });
  });

  it('passes over probabilities that are no numbers', () => {
    const merged = mergeHistory({ name: 'T2_X8', T: 2, X: 0.08 }, [10], { walkForward: new Map([[10, p(0.1)]]), replay: new Map([[10, [Number.NaN, 0, 1]]]), overlap: new Map(), recorded: new Map(), outcome: new Map() });
    expect(merged.origin).toEqual(['walk-forward']);
  });
});
