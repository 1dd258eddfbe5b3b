// What reading a file of klines yields, whatever its format was.
import type { Klines } from './klines.js';

/**
 * - `forecastlab`: our own CSV
 * - `parquet`: a Parquet file whose columns have the names of our CSV or an exchange's
 * - `exchange-dump`: rows of 12 columns without a header, from the exchange's dump archive
 * - `exchange-csv`: a header with order-flow columns (futures dumps and the like)
 * - `ohlcv`: a header with prices and volume only (Yahoo, stock files)
 * - `yfinance`: the same with yfinance's three header lines
 * - `exchange-json`: the exchange's REST answer, an array of arrays
 */
export type KlineFormat = 'forecastlab' | 'parquet' | 'exchange-dump' | 'exchange-csv' | 'ohlcv' | 'yfinance' | 'exchange-json';

/** `mixed`: milliseconds and microseconds, as in dumps of 2024 and 2025 put together. */
export type TimeUnit = 'ms' | 'us' | 's' | 'mixed' | 'iso';

/** A file of klines as it stands: rows in the file's order, nothing dropped or mended (see prepareKlines). */
export interface ParsedKlines {
  readonly fileName: string;
  readonly klines: Klines;
  readonly format: KlineFormat;
  /** How the file writes time; the columns are milliseconds in any case. */
  readonly timeUnit: TimeUnit;
  /** Name of the bar length, as in `1d`. */
  readonly interval: string;
  /** Bar length in milliseconds (30 days for `1M`). */
  readonly intervalMs: number;
  /** False when quote volume, trade count or a taker column is absent (NaN in every row). */
  readonly hasOrderFlow: boolean;
  /** Row in the file (1-based, header lines counted) of the first bar; bar i stands in row firstRow + i. */
  readonly firstRow: number;
  /** Columns of the file that were not read. */
  readonly ignoredColumns: readonly string[];
}

export interface ParseKlinesOptions {
  /** Name of the file, for error messages and reports. */
  readonly fileName: string;
  /** Bar length, as in `1d`. Default: found from the times; needed for files with a single bar and no close time. */
  readonly interval?: string;
}
