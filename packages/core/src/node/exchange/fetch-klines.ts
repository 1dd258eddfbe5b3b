// Bars of one market, page by page. The first page says where the history begins and ends the matter for short ones; the pages
// after it lie on the grid of the interval, so that several can be under way at a time.
// Source: Binance spot API, GET /api/v3/klines: `startTime` and `endTime` are inclusive and mean open times.
import { z } from 'zod';
import { ForecastLabError, optionError } from '../../errors.js';
import { closedKlines } from '../../klines/closed-klines.js';
import { barsBetween, type Interval, nextOpenTime, parseInterval, startOfInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import type { Market } from '../../klines/market.js';
import type { Asker } from './ask-exchange.js';
import { readPage } from './check-page.js';
import type { ServerClock } from './server-clock.js';
import type { VenueFacts } from './venue.js';

// Enough to hide the time of a round trip; more would only reach the limit of the minute sooner.
const PAGES_IN_FLIGHT = 4;

const klinesAnswer = z.array(z.unknown());

/** An inclusive span of open times. */
interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Closed bars that open in [fromMs, toMs), in pages, oldest first. */
export async function* fetchKlines(
  asker: Asker,
  market: Market,
  options: {
    readonly facts: VenueFacts;
    readonly clock: ServerClock;
    /** First open time, UTC ms. */
    readonly fromMs: number;
    /** Open times end before this, UTC ms. Default: now. */
    readonly toMs?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<Klines> {
  const { facts, clock } = options;
  if (!Number.isFinite(options.fromMs)) throw optionError('fetchKlines', 'fromMs', 'a time in milliseconds, UTC', options.fromMs);
  if (Number.isNaN(options.toMs)) throw optionError('fetchKlines', 'toMs', 'a time in milliseconds, UTC', options.toMs);
  const interval = parseInterval(market.interval);
  const startMs = Math.max(0, Math.ceil(options.fromMs));
  // Bars that open in the present interval cannot be closed: they are not even asked for.
  const endMs = Math.min(options.toMs ?? Infinity, startOfInterval(interval, await clock.passedMs())) - 1;
  const controller = new AbortController();
  const signal = options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);

  try {
    // Each round asks from a place where it is not known whether there are bars at all: the start, or a page without any.
    let next: number | undefined = startMs;
    while (next !== undefined && next <= endMs) {
      const first = await askSpan({ startMs: next, endMs }, 'first page');
      yield* first.pages;
      const lastMs = first.lastOpenMs;
      next = lastMs === undefined || !first.isFull ? undefined : yield* fetchGrid(lastMs);
    }
  } finally {
    controller.abort();
  }

  /** All pages after a bar, up to a place where it is not known whether more bars follow. Returns that place, or undefined when there is nothing more to ask for. */
  async function* fetchGrid(lastMs: number): AsyncGenerator<Klines, number | undefined> {
    const spans = gridSpans(interval, { startMs: lastMs + 1, endMs }, largestPage(facts).limit);
    const underWay: { readonly span: Span; readonly answer: Promise<Answered> }[] = [];
    for (;;) {
      while (underWay.length < PAGES_IN_FLIGHT) {
        const { value: span, done } = spans.next();
        if (done === true) break;
        const answer = askSpan(span, 'all');
        answer.catch(() => undefined); // it is thrown when its turn comes, after the pages before it
        underWay.push({ span, answer });
      }
      const oldest = underWay.shift();
      if (oldest === undefined) return undefined;
      const { pages } = await oldest.answer;
      if (pages.length > 0) {
        yield* pages;
        continue;
      }
      // A long gap, or the end of a market that is no longer traded: one open question finds its end sooner than page after page.
      const later = await Promise.allSettled(underWay.map(({ answer }) => answer));
      if (later.every((each) => each.status === 'fulfilled' && each.value.pages.length === 0)) return oldest.span.startMs;
      // Bars follow: whether these are missing is not believed at the first word.
      yield* (await askSpan(oldest.span, 'all')).pages;
    }
  }

  /** The closed bars of a span: all, or what comes on the first page when more follow on others. */
  async function askSpan(span: Span, how: 'all' | 'first page'): Promise<Answered> {
    const pages: Klines[] = [];
    const slots = countSlots(interval, span);
    let lastOpenMs: number | undefined;
    let from = span.startMs;
    // Two bars may share a slot when one is off the grid; who gives more of them goes on for ever.
    for (let asked = 0; asked <= 2 * slots + 2; asked += 1) {
      const { limit, weight } = facts.pages.find((page) => page.limit >= slots) ?? largestPage(facts);
      // Before the question: a bar that closes while the answer is under way may be in it as it was before.
      const passedMs = await clock.passedMs();
      const query = { symbol: market.symbol, interval: interval.name, startTime: from, endTime: span.endMs, limit };
      const { value, host } = await asker.ask({ path: '/klines', query, weight, schema: klinesAnswer, signal });
      const page = readPage(value, { symbol: market.symbol, interval, startMs: from, endMs: span.endMs, limit }, host);
      const rows = klineCount(page);
      if (rows === 0) return { pages, lastOpenMs, isFull: false };
      const closed = closedKlines(page, { serverTimeMs: passedMs });
      if (klineCount(closed) > 0) pages.push(closed);
      lastOpenMs = page.openTimeMs[rows - 1];
      // Where a page ends before its span, there may be more: it was full, or cut, or bars are missing. Only another question can tell.
      if (nextOpenTime(interval, lastOpenMs) > span.endMs && page.closeTimeMs[rows - 1] >= span.endMs) return { pages, lastOpenMs, isFull: false };
      if (how === 'first page' && slots > limit && (rows === limit || asked > 0)) return { pages, lastOpenMs, isFull: true };
      from = lastOpenMs + 1;
      if (from > span.endMs) return { pages, lastOpenMs, isFull: false };
    }
    throw new ForecastLabError('FAILED', `${facts.title} gives ever more bars of ${market.symbol} ${interval.name} between ${new Date(span.startMs).toISOString()} and ${new Date(span.endMs).toISOString()}.`, {
      hint: 'The last of them were not taken. Try again, or another host with --base-url.',
      details: { symbol: market.symbol, interval: interval.name },
    });
  }
}

interface Answered {
  readonly pages: readonly Klines[];
  /** Of the last bar, open ones included. */
  readonly lastOpenMs: number | undefined;
  /** True when there may be more bars behind it. */
  readonly isFull: boolean;
}

function largestPage(facts: VenueFacts): VenueFacts['pages'][number] {
  return facts.pages[facts.pages.length - 1];
}

/** How many bars can open in the span. */
function countSlots(interval: Interval, { startMs, endMs }: Span): number {
  const firstMs = startOfInterval(interval, startMs);
  return barsBetween(interval, firstMs < startMs ? nextOpenTime(interval, firstMs) : firstMs, startOfInterval(interval, endMs)) + 1;
}

/** Cuts a span that begins right after a bar's open into pieces that end on the grid, each of as many intervals as a page has bars. */
function* gridSpans(interval: Interval, span: Span, bars: number): Generator<Span> {
  let startMs = span.startMs;
  let gridMs = nextOpenTime(interval, startOfInterval(interval, startMs - 1));
  while (startMs <= span.endMs) {
    for (let bar = 0; bar < bars; bar += 1) gridMs = nextOpenTime(interval, gridMs);
    yield { startMs, endMs: Math.min(gridMs - 1, span.endMs) };
    startMs = gridMs;
  }
}
