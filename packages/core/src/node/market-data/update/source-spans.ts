// Which stored bars came from where, as spans of open times: the manifest's record of provenance.
import type { Klines } from '../../../klines/klines.js';
import { klineCount } from '../../../klines/klines.js';
import { lowerBound, type RowRange } from '../../../klines/merge-klines.js';
import type { SourceSpan } from '../klines-manifest.js';

/**
 * Where each bar came from, after some were added.
 * @param before the spans as they were; bars that none of them holds count as `fallback`
 */
export function traceSources(
  klines: Klines,
  options: {
    readonly before: readonly SourceSpan[];
    /** Rows of `klines` that are new, and their source. */
    readonly added: readonly (RowRange & { readonly source: string })[];
    /** For bars of unknown origin: they were put there by hand. */
    readonly fallback: string;
  },
): SourceSpan[] {
  const count = klineCount(klines);
  const { openTimeMs } = klines;
  const names = [...new Set([options.fallback, ...options.added.map((range) => range.source), ...options.before.map((span) => span.source)])];
  const origin = new Uint8Array(count);
  for (const span of options.before) origin.fill(names.indexOf(span.source), lowerBound(openTimeMs, Date.parse(span.from)), lowerBound(openTimeMs, Date.parse(span.to) + 1));
  for (const { source, from, to } of options.added) origin.fill(names.indexOf(source), from, to);
  const spans: SourceSpan[] = [];
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && origin[end] === origin[start]) end += 1;
    spans.push({ source: names[origin[start]], from: new Date(openTimeMs[start]).toISOString(), to: new Date(openTimeMs[end - 1]).toISOString() });
    start = end;
  }
  return spans;
}

/** One word for all of it: the only source, or `auto` for archives and REST together, else the sources joined by `+`. */
export function sourceName(spans: readonly SourceSpan[]): string {
  const names = [...new Set(spans.map((span) => span.source))].sort();
  return names.join('+') === 'dumps+rest' ? 'auto' : names.join('+');
}
