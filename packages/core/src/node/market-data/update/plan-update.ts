// Which bars come from which place: whole months from the exchange's archives where that takes fewer requests than REST, the
// rest from REST. An archive takes two requests and no weight; a page of REST takes one, with weight.
import { barsBetween, type Interval } from '../../../klines/interval.js';
import type { TimeSpan } from '../../../klines/time-spans.js';

/** Where bars are taken from. */
export type KlinesSource = 'auto' | 'rest' | 'dumps';

/** A piece of an update. Pieces follow each other, oldest first, without a hole. */
export type UpdateSegment =
  /** Bars of [fromMs, toMs) out of the archive of `period` (`2024-01` or `2024-01-05`). */
  | ({ readonly kind: 'archive'; readonly period: string } & TimeSpan)
  | ({ readonly kind: 'rest' } & TimeSpan);

/** The zip and its checksum. */
const REQUESTS_PER_ARCHIVE = 2;
const DAY_MS = 86_400_000;

/** How a span of bars is fetched. */
export function planUpdate(
  wanted: TimeSpan,
  options: {
    readonly interval: Interval;
    readonly source: KlinesSource;
    /** The exchange's clock: what has been published by then. */
    readonly nowMs: number;
    /** Most bars that one request of REST gives. */
    readonly rowsPerRequest: number;
    /** Up to here archives were taken already: what they lack is asked for of REST, when it comes next, and not of them again. */
    readonly archivedToMs?: number | undefined;
  },
): UpdateSegment[] {
  const { interval, source, nowMs, rowsPerRequest, archivedToMs = -Infinity } = options;
  const span = { ...wanted, fromMs: Math.max(wanted.fromMs, archivedToMs) };
  const segments = planSpan(span, { interval, source, nowMs, rowsPerRequest });
  if (segments[0]?.kind === 'rest') segments[0] = { ...segments[0], fromMs: wanted.fromMs };
  return segments;
}

function planSpan(span: TimeSpan, { interval, source, nowMs, rowsPerRequest }: { readonly interval: Interval; readonly source: KlinesSource; readonly nowMs: number; readonly rowsPerRequest: number }): UpdateSegment[] {
  if (source === 'rest') return span.fromMs < span.toMs ? [{ kind: 'rest', ...span }] : [];
  const segments: UpdateSegment[] = [];
  for (const part of monthsOf(span)) {
    const period = new Date(part.fromMs).toISOString().slice(0, 7);
    const isPublished = nowMs >= monthPublishedMs(part.fromMs);
    if (source === 'dumps') {
      if (isPublished) segments.push({ kind: 'archive', period, ...part });
      else segments.push(...planDays(part, { interval, nowMs }));
      continue;
    }
    const pages = Math.ceil(barsBetween(interval, part.fromMs, part.toMs) / rowsPerRequest);
    if (isPublished && pages > REQUESTS_PER_ARCHIVE) segments.push({ kind: 'archive', period, ...part });
    else appendRest(segments, part);
  }
  return segments;
}

/** Daily archives of a span whose month is not published, or has none. There are none of bars longer than a day. */
export function planDays(span: TimeSpan, options: { readonly interval: Interval; readonly nowMs: number }): UpdateSegment[] {
  if (options.interval.ms > DAY_MS) return [];
  const days: UpdateSegment[] = [];
  for (let day = Math.floor(span.fromMs / DAY_MS) * DAY_MS; day < span.toMs && day + DAY_MS <= options.nowMs; day += DAY_MS) {
    days.push({ kind: 'archive', period: new Date(day).toISOString().slice(0, 10), fromMs: Math.max(day, span.fromMs), toMs: Math.min(day + DAY_MS, span.toMs) });
  }
  return days;
}

/** Archives of a month appear on the first Monday of the next one. */
function monthPublishedMs(timeMs: number): number {
  const date = new Date(timeMs);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  const daysToMonday = (8 - first.getUTCDay()) % 7;
  return first.getTime() + daysToMonday * DAY_MS;
}

/** The span cut at calendar months (UTC). */
function monthsOf(span: TimeSpan): TimeSpan[] {
  const parts: TimeSpan[] = [];
  for (let fromMs = span.fromMs; fromMs < span.toMs; ) {
    const date = new Date(fromMs);
    const toMs = Math.min(span.toMs, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    parts.push({ fromMs, toMs });
    fromMs = toMs;
  }
  return parts;
}

function appendRest(segments: UpdateSegment[], span: TimeSpan): void {
  const last = segments.at(-1);
  if (last?.kind === 'rest' && last.toMs === span.fromMs) segments[segments.length - 1] = { ...last, toMs: span.toMs };
  else segments.push({ kind: 'rest', ...span });
}
