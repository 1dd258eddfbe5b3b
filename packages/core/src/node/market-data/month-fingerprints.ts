// The months of klines and a fingerprint of each. Months that have not changed since the manifest was written are not hashed
// again: comparing bits takes a fraction of the time.
import { createHash } from 'node:crypto';
import { feedKlines } from '../../klines/feed-klines.js';
import { KLINE_COLUMNS, type Klines, klineCount } from '../../klines/klines.js';

/** Bars `start` to `end` (exclusive) open in one month. */
export interface MonthSpan {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly start: number;
  readonly end: number;
}

/** The months that bars open in, oldest first. */
export function monthSpans(klines: Klines): MonthSpan[] {
  const { openTimeMs } = klines;
  const count = klineCount(klines);
  const spans: MonthSpan[] = [];
  for (let start = 0; start < count; ) {
    const date = new Date(openTimeMs[start]);
    const fromMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    const toMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    let end = start + 1;
    while (end < count && openTimeMs[end] >= fromMs && openTimeMs[end] < toMs) end += 1;
    spans.push({ month: date.toISOString().slice(0, 7), start, end });
    start = end;
  }
  return spans;
}

/** The same digits as fingerprintKlines of these bars, by Node's own sha256, a hundred times as fast. */
export function nativeFingerprint(klines: Klines, start = 0, end: number = klineCount(klines)): string {
  const hash = createHash('sha256');
  feedKlines(klines, start, end, (bytes) => hash.update(bytes));
  return hash.digest('hex');
}

/** Fingerprint of each month's bars, oldest month first. */
export function monthFingerprints(
  klines: Klines,
  options: {
    /** Bars with fingerprints of their months that are known to be theirs. Default: none. */
    readonly known?: { readonly klines: Klines; readonly months: Readonly<Record<string, string>> } | undefined;
  } = {},
): Record<string, string> {
  const { known } = options;
  const before = new Map(known === undefined ? [] : monthSpans(known.klines).map((span) => [span.month, span]));
  const months: Record<string, string> = {};
  for (const span of monthSpans(klines)) {
    const old = before.get(span.month);
    const isSame = known !== undefined && old !== undefined && isSameBits(klines, span, known.klines, old);
    months[span.month] = (isSame ? known.months[span.month] : undefined) ?? nativeFingerprint(klines, span.start, span.end);
  }
  return months;
}

function isSameBits(a: Klines, spanA: MonthSpan, b: Klines, spanB: MonthSpan): boolean {
  const bits = (klines: Klines, column: (typeof KLINE_COLUMNS)[number], { start, end }: MonthSpan): Uint8Array => {
    const { buffer, byteOffset } = klines[column];
    return new Uint8Array(buffer, byteOffset + start * 8, (end - start) * 8);
  };
  return spanA.end - spanA.start === spanB.end - spanB.start && KLINE_COLUMNS.every((column) => Buffer.compare(bits(a, column, spanA), bits(b, column, spanB)) === 0);
}
