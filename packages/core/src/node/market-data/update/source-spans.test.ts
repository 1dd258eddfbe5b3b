import { expect, it } from 'vitest';
import { createKlines, type Klines } from '../../../klines/klines.js';
import { sourceName, traceSources } from './source-spans.js';

const DAY = 86_400_000;
function days(...list: number[]): Klines {
  const klines = createKlines(list.length);
  klines.openTimeMs.set(list.map((day) => day * DAY));
  return klines;
}
const iso = (day: number): string => new Date(day * DAY).toISOString();

it('joins neighbours of one source and keeps the others', () => {
  const first = traceSources(days(0, 1, 2), { before: [], added: [{ source: 'dumps', from: 0, to: 3 }], fallback: 'file' });
  expect(first).toEqual([{ source: 'dumps', from: iso(0), to: iso(2) }]);
  const second = traceSources(days(0, 1, 2, 3, 4), { before: first, added: [{ source: 'rest', from: 3, to: 5 }], fallback: 'file' });
  expect(second).toEqual([{ source: 'dumps', from: iso(0), to: iso(2) }, { source: 'rest', from: iso(3), to: iso(4) }]);
  const third = traceSources(days(0, 1, 2, 3, 4, 5), { before: second, added: [{ source: 'rest', from: 5, to: 6 }], fallback: 'file' });
  expect(third.at(-1)).toEqual({ source: 'rest', from: iso(3), to: iso(5) });
  expect([sourceName(first), sourceName(third)]).toEqual(['dumps', 'auto']);
});

it('fills a hole inside a span of another source, and calls bars of unknown origin by the fallback', () => {
  const before = [{ source: 'dumps', from: iso(2), to: iso(4) }];
  const spans = traceSources(days(1, 2, 3, 4), { before, added: [{ source: 'rest', from: 2, to: 3 }], fallback: 'file' });
  expect(spans.map((span) => span.source)).toEqual(['file', 'dumps', 'rest', 'dumps']);
  expect(sourceName(spans)).toBe('dumps+file+rest');
});
