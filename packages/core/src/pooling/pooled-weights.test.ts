import { describe, expect, it } from 'vitest';
import { uniquenessWeights } from '../labels/weights/uniqueness-weights.js';
import { pooledWeights } from './pooled-weights.js';

// A has four rows, B two; labels of two bars
const rows = Int32Array.of(0, 1, 1, 2, 3, 3);
const spanEnd = rows.map((bar) => bar + 2);
const symbolIndex = Int32Array.of(0, 0, 1, 0, 0, 1);

describe('pooledWeights', () => {
  it('are 1 unless asked for', () => {
    expect(Array.from(pooledWeights({ rows, spanEnd, symbolIndex }))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('count uniqueness within each market alone', () => {
    const weights = pooledWeights({ rows, spanEnd, symbolIndex }, { byUniqueness: true });
    const own = uniquenessWeights({ rows: [0, 1, 2, 3], spanEnd: [2, 3, 4, 5] });
    expect(Array.from(weights)).toEqual([own[0], own[1], 1, own[2], own[3], 1]); // B's labels meet at no bar
  });

  it('let every market count alike, with mean 1', () => {
    const weights = pooledWeights({ rows, spanEnd, symbolIndex }, { bySymbol: 'equal' });
    expect(Array.from(weights)).toEqual([0.75, 0.75, 1.5, 0.75, 0.75, 1.5]);
    const both = pooledWeights({ rows, spanEnd, symbolIndex }, { bySymbol: 'equal', byUniqueness: true });
    expect(both.reduce((sum, weight) => sum + weight) / both.length).toBeCloseTo(1, 12);
    expect(() => pooledWeights({ rows, spanEnd, symbolIndex }, { bySymbol: 'size' as never })).toThrow('`bySymbol`');
  });
});
