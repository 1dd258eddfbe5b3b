// Spans of time on a line: which part of one no other covers, and which lie so near that they are better taken as one.

/** From `fromMs` (inclusive) to `toMs` (exclusive), UTC milliseconds. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The parts of `span` that none of `covers` covers, oldest first.
 * @param covers oldest first, without overlap
 * @example uncoveredParts({ fromMs: 0, toMs: 9 }, [{ fromMs: 2, toMs: 4 }]) // 0 to 2, 4 to 9
 */
export function uncoveredParts(span: TimeSpan, covers: readonly TimeSpan[]): TimeSpan[] {
  const parts: TimeSpan[] = [];
  let { fromMs } = span;
  for (let i = firstEndingAfter(covers, fromMs); i < covers.length && covers[i].fromMs < span.toMs; i += 1) {
    if (covers[i].fromMs > fromMs) parts.push({ fromMs, toMs: covers[i].fromMs });
    fromMs = covers[i].toMs;
  }
  if (fromMs < span.toMs) parts.push({ fromMs, toMs: span.toMs });
  return parts;
}

function firstEndingAfter(spans: readonly TimeSpan[], timeMs: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].toMs > timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The spans as fewest: those that overlap or touch become one, and those of which `isWorthwhile` says so.
 * @param spans in any order
 * @param join makes one of two; the first begins no later
 */
export function mergeSpans<Span extends TimeSpan>(spans: readonly Span[], join: (first: Span, second: Span) => Span, isWorthwhile: (first: Span, second: Span) => boolean = () => false): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)) {
    const last = merged.at(-1);
    if (last !== undefined && (span.fromMs <= last.toMs || isWorthwhile(last, span))) merged[merged.length - 1] = join(last, span);
    else merged.push(span);
  }
  return merged;
}
