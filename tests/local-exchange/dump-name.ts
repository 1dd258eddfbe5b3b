// Names of archives, and when they appear. Source: github.com/binance/binance-public-data, README.
import { parseInterval, startOfInterval } from '../../packages/core/src/klines/interval.js';
import type { Venue } from './options.js';

export interface DumpName {
  readonly venue: Venue;
  readonly symbol: string;
  /** The exchange's name; the archives write `1mo` where it is `1M`. */
  readonly interval: string;
  /** `BTCUSDT-1d-2024-01`, of which zip and CSV are named. */
  readonly stem: string;
  /** Bars that open in [fromMs, toMs). */
  readonly fromMs: number;
  readonly toMs: number;
  /** When it is put there first. */
  readonly publishedMs: number;
  /** Whether the path asks for the checksum. */
  readonly isChecksum: boolean;
}

const DAY_MS = 86_400_000;
// Of archives that were kept, some were made at 03:22 UTC.
const PUBLISHED_AFTER_MS = 3 * 3_600_000;
const PATH = /^\/data\/(spot|futures\/um)\/(monthly|daily)\/klines\/([A-Z0-9_]+)\/(\w+)\/(\3-\4-(\d{4})-(\d\d)(?:-(\d\d))?)\.zip(\.CHECKSUM)?$/;
const MONTH_INTERVAL = '1mo';

/** The archive that a path names, or undefined when no archive can have it. */
export function parseDumpPath(path: string): DumpName | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, place, kind, symbol, intervalName, stem, year, month, day, checksum] = match as unknown as [string, string, string, string, string, string, string, string, string?, string?];
  if ((kind === 'daily') !== (day !== undefined) || intervalName === '1M') return undefined;
  const interval = intervalName === MONTH_INTERVAL ? '1M' : intervalName;
  try {
    parseInterval(interval);
  } catch {
    return undefined;
  }
  const monthIndex = Number(month) - 1;
  const fromMs = Date.UTC(Number(year), monthIndex, Number(day ?? 1));
  const toMs = day === undefined ? Date.UTC(Number(year), monthIndex + 1, 1) : fromMs + DAY_MS;
  if (new Date(fromMs).toISOString().slice(0, 10) !== `${year}-${month}-${day ?? '01'}`) return undefined;
  const publishedMs = PUBLISHED_AFTER_MS + (day === undefined ? firstMonday(toMs) : toMs);
  return { venue: place === 'spot' ? 'spot' : 'usdm', symbol, interval, stem, fromMs, toMs, publishedMs, isChecksum: checksum !== undefined };
}

/** The first Monday of the month that begins at `monthMs`. */
function firstMonday(monthMs: number): number {
  const week = parseInterval('1w');
  const monday = startOfInterval(week, monthMs);
  return monday < monthMs ? monday + week.ms : monday;
}
