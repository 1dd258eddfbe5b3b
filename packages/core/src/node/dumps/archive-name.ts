// Names, addresses and periods of the exchange's archives of klines.
// Source: github.com/binance/binance-public-data, README ("Where do I access the data files?", "Klines").
import { optionError } from '../../errors.js';
import { type Interval, INTERVALS, nextOpenTime, parseInterval, startOfInterval } from '../../klines/interval.js';
import type { Market, Venue } from '../../klines/market.js';

/** What an archive's name says. */
export interface ArchiveName {
  readonly symbol: string;
  /** The exchange's name; `1M` also where the archive writes `1mo`. */
  readonly interval: string;
  /** `2024-01` or `2024-01-05`. */
  readonly period: string;
}

/** A month or a day in UTC ms, end exclusive. */
export interface PeriodSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const VENUE_FOLDERS: { readonly [venue in Venue]: string } = { spot: 'spot', usdm: 'futures/um' };
const PERIOD = /^(20\d\d)-(\d\d)(?:-(\d\d))?$/;
const dumpInterval = (name: string): string => (name === '1M' ? '1mo' : name);
const NAME = new RegExp(`^([A-Z0-9]{2,30}(?:_\\d{6})?)-(${INTERVALS.map(({ name }) => dumpInterval(name)).join('|')})-(20\\d\\d-\\d\\d(?:-\\d\\d)?)\\.zip$`);

/**
 * The name of the archive of a month (`2024-01`) or a day (`2024-01-05`).
 * @example archiveName({ symbol: 'BTCUSDT', interval: '1M' }, '2024-01') // 'BTCUSDT-1mo-2024-01.zip'
 * @throws BAD_OPTION for a symbol, an interval or a period that is none
 */
export function archiveName({ symbol, interval }: Market, period: string): string {
  periodSpan(period);
  const name = `${symbol}-${dumpInterval(parseInterval(interval).name)}-${period}.zip`;
  if (!NAME.test(name)) throw optionError('archiveName', 'symbol', 'capital letters and digits, such as BTCUSDT', symbol);
  return name;
}

/** What a file's name says when it is that of an archive, else undefined. */
export function parseArchiveName(name: string): ArchiveName | undefined {
  const [, symbol, interval, period] = NAME.exec(name) ?? [];
  if (symbol === undefined || interval === undefined || period === undefined || !isPeriod(period)) return undefined;
  return { symbol, interval: parseInterval(interval).name, period };
}

/**
 * The address of an archive; that of its checksum is the same with `.CHECKSUM` behind it.
 * @param baseUrl of the site, `https://data.binance.vision`
 * @throws BAD_OPTION as {@link archiveName}
 */
export function archiveUrl(baseUrl: string, market: Market, period: string): string {
  const name = archiveName(market, period);
  const frequency = isMonth(period) ? 'monthly' : 'daily';
  const folder = `data/${VENUE_FOLDERS[market.venue ?? 'spot']}/${frequency}/klines/${market.symbol}/${dumpInterval(parseInterval(market.interval).name)}`;
  return `${baseUrl.replace(/\/+$/, '')}/${folder}/${name}`;
}

/**
 * First and last moment of a month or a day.
 * @throws BAD_OPTION for anything but `YYYY-MM` or `YYYY-MM-DD`
 */
export function periodSpan(period: string): PeriodSpan {
  if (!isPeriod(period)) throw optionError('the archives', 'period', 'a month such as 2024-01 or a day such as 2024-01-05', period);
  const fromMs = startOfPeriod(period);
  const date = new Date(fromMs);
  const toMs = isMonth(period) ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) : Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
  return { fromMs, toMs };
}

/** How many bars open in a period at most. */
export function barsInPeriod(interval: Interval, period: string): number {
  const { fromMs, toMs } = periodSpan(period);
  // the exchange anchors its 3-day bars as it likes
  if (interval.name === '3d') return Math.ceil((toMs - fromMs) / interval.ms);
  const start = startOfInterval(interval, fromMs);
  const first = start < fromMs ? nextOpenTime(interval, start) : start;
  if (first >= toMs) return 0;
  return interval.name === '1M' ? 1 : Math.ceil((toMs - first) / interval.ms);
}

const isMonth = (period: string): boolean => period.length === 7;

function isPeriod(period: string): boolean {
  return PERIOD.test(period) && new Date(startOfPeriod(period)).toISOString().startsWith(period);
}

/** Rolls over for days that the month does not have. */
function startOfPeriod(period: string): number {
  const [year, month, day = 1] = period.split('-').map(Number) as [number, number, number?];
  return Date.UTC(year, month - 1, day);
}
