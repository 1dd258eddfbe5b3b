// Is this answer the bars that were asked for? What is stored stays, so that a doubtful answer is refused whole.
import { ForecastLabError } from '../../errors.js';
import { type Interval, INTERVALS, isCalendarMonth, nextOpenTime, parseInterval, startOfInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import { klinesFromAnswer } from '../../klines/parse-klines-json.js';
import type { ParsedKlines } from '../../klines/parsed-klines.js';

// After the outage of February 2018 bars of some hours open 14 seconds off the grid.
const OFF_GRID_MS = 20_000;

/** What a request of klines asked for. */
export interface PageRequest {
  readonly symbol: string;
  readonly interval: Interval;
  /** Open times, both inclusive, UTC ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** Most rows. */
  readonly limit: number;
}

/** The bars of the answer. @throws FAILED naming host, request and row */
export function readPage(answer: unknown, request: PageRequest, host: string): Klines {
  const { symbol, interval, startMs, endMs, limit } = request;
  const place = `${host}, klines of ${symbol} ${interval.name} from ${new Date(startMs).toISOString()}`;
  const fail = (message: string, row?: number, cause?: unknown): ForecastLabError =>
    new ForecastLabError('FAILED', `${message}.`, {
      hint: 'The answer was not taken, and what is stored stays as it is. Try again, or another host with --base-url.',
      details: { host, symbol, interval: interval.name, ...(row === undefined ? {} : { row: row + 1 }) },
      cause,
    });
  const refuse = (what: string, row?: number): ForecastLabError => fail(`${place}${row === undefined ? '' : `, row ${row + 1}`}: ${what}`, row);

  let parsed: ParsedKlines;
  try {
    parsed = klinesFromAnswer(answer, { fileName: place, interval: interval.name });
  } catch (cause) {
    if (!(cause instanceof ForecastLabError)) throw cause;
    throw fail(cause.message, typeof cause.details.row === 'number' ? cause.details.row - 1 : undefined, cause);
  }
  const { klines, timeUnit } = parsed;
  if (timeUnit !== 'ms' && timeUnit !== 'us') throw refuse('its times are not all in milliseconds, nor all in microseconds');
  const rows = klineCount(klines);
  const { openTimeMs } = klines;
  if (rows > limit) throw refuse(`the answer has ${rows} rows, at most ${limit} were asked for`);
  for (let row = 0; row < rows; row += 1) {
    if (openTimeMs[row] < startMs || openTimeMs[row] > endMs) {
      throw refuse(`the bar opens at ${new Date(openTimeMs[row]).toISOString()}, outside the span that was asked for (to ${new Date(endMs).toISOString()})`, row);
    }
    if (row > 0 && openTimeMs[row] <= openTimeMs[row - 1]) throw refuse('the bar does not open after the one before it', row);
  }
  const other = otherInterval(klines, interval);
  if (other !== undefined) throw refuse(`the bars are of ${other}, not of ${interval.name}`);
  for (let row = 0; row < rows; row += 1) {
    const wrong = wrongTimes(openTimeMs[row], klines.closeTimeMs[row], interval) ?? wrongPrices(klines, row);
    if (wrong !== undefined) throw refuse(wrong, row);
  }
  return klines;
}

/** Bars may close early, even at once: an outage ended them. */
function wrongTimes(openMs: number, closeMs: number, interval: Interval): string | undefined {
  if (closeMs >= nextOpenTime(interval, openMs)) return `the bar of ${isoText(openMs)} closes at ${isoText(closeMs)}, later than a bar of ${interval.name} can`;
  // the exchange anchors its 3-day bars as it likes
  const grid = interval.name === '3d' ? parseInterval('1d') : interval;
  const slotMs = startOfInterval(grid, openMs);
  const isOnGrid = openMs - slotMs <= OFF_GRID_MS || nextOpenTime(grid, slotMs) - openMs <= OFF_GRID_MS;
  if (isOnGrid || closeMs < nextOpenTime(interval, slotMs)) return undefined;
  return `the bar of ${isoText(openMs)} does not open where a bar of ${interval.name} begins`;
}

function wrongPrices({ open, high, low, close }: Klines, row: number): string | undefined {
  const [o, h, l, c] = [open[row], high[row], low[row], close[row]];
  if (l <= o && l <= c && o <= h && c <= h) return undefined;
  return `its prices contradict each other: open ${o}, high ${h}, low ${l}, close ${c}`;
}

const isoText = (timeMs: number): string => new Date(timeMs).toISOString();

/** The interval that most bars show when it is another one. Single bars may be short: an outage ended them. */
function otherInterval({ openTimeMs, closeTimeMs }: Klines, interval: Interval): string | undefined {
  const votes = new Map<string, number>();
  openTimeMs.forEach((openMs, row) => {
    const lengthMs = closeTimeMs[row] + 1 - openMs;
    if (lengthMs === nextOpenTime(interval, openMs) - openMs) return;
    const other = INTERVALS.find((each) => each !== interval && (isCalendarMonth(each) ? lengthMs > 27 * 86_400_000 : lengthMs === each.ms));
    if (other !== undefined) votes.set(other.name, (votes.get(other.name) ?? 0) + 1);
  });
  for (const [name, count] of votes) if (count * 2 > openTimeMs.length && openTimeMs.length > 1) return name;
  return undefined;
}
