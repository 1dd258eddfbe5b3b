import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeSpans, type TimeSpan, uncoveredParts } from './time-spans.js';

const span = (fromMs: number, toMs: number): TimeSpan => ({ fromMs, toMs });
const join = (a: TimeSpan, b: TimeSpan): TimeSpan => span(a.fromMs, Math.max(a.toMs, b.toMs));
const someSpans = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 6 })).map(([from, length]) => span(from, from + length)), { maxLength: 12 });
const points = (spans: readonly TimeSpan[]): Set<number> => new Set(spans.flatMap(({ fromMs, toMs }) => Array.from({ length: toMs - fromMs }, (_, i) => fromMs + i)));

it('gives the parts that nothing covers', () => {
  expect(uncoveredParts(span(0, 9), [span(2, 4)])).toEqual([span(0, 2), span(4, 9)]);
  expect(uncoveredParts(span(3, 4), [span(0, 2), span(2, 9)])).toEqual([]);
  expect(uncoveredParts(span(3, 6), [])).toEqual([span(3, 6)]);
});

it('joins what overlaps or touches, and what is worthwhile', () => {
  expect(mergeSpans([span(5, 6), span(0, 2), span(2, 3)], join)).toEqual([span(0, 3), span(5, 6)]);
  expect(mergeSpans([span(5, 6), span(0, 2), span(9, 10)], join, (a, b) => b.fromMs - a.toMs < 4)).toEqual([span(0, 10)]);
});

it('agrees with sets of points', () => {
  fc.assert(
    fc.property(someSpans, someSpans, (spans, covers) => {
      const merged = mergeSpans(covers, join);
      expect(points(merged)).toEqual(points(covers));
      const covered = points(covers);
      for (const one of spans) expect(points(uncoveredParts(one, merged))).toEqual(new Set([...points([one])].filter((point) => !covered.has(point))));
    }),
  );
});
