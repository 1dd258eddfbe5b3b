import type { Bundle, Klines } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { agreeSources } from './agree-sources.js';
import type { HistorySources, Probabilities } from './merge-history.js';

const labelOptions = { window: 'forward', tieBreak: 'first-touch', touch: 'close' };
const bundle = (consistency?: string) => ({ meta: { consistency, candidates: [{ name: 'T7_X8', T: 7, X: 0.08, labelOptions }, { name: 'T14_X8', T: 14, X: 0.08, labelOptions }] } }) as unknown as Bundle;
const klines = { openTimeMs: Float64Array.of(1, 2, 3), close: Float64Array.of(10, 11, 12) } as unknown as Klines;
const SHORT: Probabilities = [0.4, 0.4, 0.2];
const LONG: Probabilities = [0.1, 0.6, 0.3];
const sources = (probabilities: Probabilities, replayed: readonly number[], overlapping: readonly number[]): HistorySources => {
  const at = (times: readonly number[]) => new Map(times.map((time) => [time, probabilities] as const));
  return { walkForward: at([1, 2]), replay: at(replayed), overlap: at(overlapping), recorded: at([3]), outcome: new Map() };
};

describe('agreeSources', () => {
  const given = [sources(SHORT, [2, 3], [1]), sources(LONG, [3], [2])];

  it('makes replays of the same bar agree, and leaves tests, records and lone answers alone', () => {
    const [short, long] = agreeSources(bundle('monotone'), klines, given);
    for (const [a, b] of [[short.replay.get(3), long.replay.get(3)], [short.replay.get(2), long.overlap.get(2)]]) {
      expect(a?.[1]).toBeCloseTo(0.5, 12);
      expect(b?.[1]).toBeCloseTo(0.5, 12);
    }
    expect(short.overlap.get(1)).toBe(SHORT);
    expect([short.walkForward, long.recorded]).toEqual([given[0].walkForward, given[1].recorded]);
    expect(given[0].replay.get(3)).toBe(SHORT); // what was given is not changed
  });

  it('changes nothing for other bundles', () => {
    expect(agreeSources(bundle(), klines, given)).toBe(given);
  });
});
