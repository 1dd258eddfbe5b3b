// Writes klines as our own CSV. Reading it back gives the same bits: numbers are in their shortest round-trip form.
import { decodeUtf8 } from '../bytes/utf8.js';
import { CellWriter } from './cell-writer.js';
import { FORECASTLAB_HEADER } from './csv-columns.js';
import { type Klines, klineCount } from './klines.js';

const COMMA = 44;
// Rows that are written before memory for all of them is asked for: they tell how long a row is.
const FIRST_ROWS = 2048;
const USUAL_ROW_BYTES = 130;

export interface FormatKlinesOptions {
  /** Default `\n`; the predecessor's files have `\r\n`. */
  readonly lineEnd?: '\n' | '\r\n';
}

/**
 * Our own CSV, header and one line per bar; a missing value (NaN) is an empty cell. A string holds some 4 million bars; for
 * more take formatKlinesCsvBytes.
 * @example formatKlinesCsv(klines).split('\n')[0] // 'timestamp,open,high,low,close,volume,open_time_ms,…'
 */
export function formatKlinesCsv(klines: Klines, options: FormatKlinesOptions = {}): string {
  return decodeUtf8(formatKlinesCsvBytes(klines, options));
}

/** The same as UTF-8 bytes. */
export function formatKlinesCsvBytes(klines: Klines, options: FormatKlinesOptions = {}): Uint8Array {
  const lineEnd = options.lineEnd ?? '\n';
  const { openTimeMs, open, high, low, close, volume, closeTimeMs, quoteVolume, tradeCount, takerBuyBase, takerBuyQuote } = klines;
  const count = klineCount(klines);
  const writer = new CellWriter(Math.min(count, FIRST_ROWS) * USUAL_ROW_BYTES);
  writer.text(FORECASTLAB_HEADER);
  writer.text(lineEnd);
  for (let i = 0; i < count; i += 1) {
    writer.reserveRow(count - i, i);
    writer.time(openTimeMs[i]);
    writer.byte(COMMA);
    writer.decimal(open[i]);
    writer.byte(COMMA);
    writer.decimal(high[i]);
    writer.byte(COMMA);
    writer.decimal(low[i]);
    writer.byte(COMMA);
    writer.decimal(close[i]);
    writer.byte(COMMA);
    writer.decimal(volume[i]);
    writer.byte(COMMA);
    writer.whole(openTimeMs[i]);
    writer.byte(COMMA);
    writer.whole(closeTimeMs[i]);
    writer.byte(COMMA);
    writer.decimal(quoteVolume[i]);
    writer.byte(COMMA);
    writer.whole(tradeCount[i]);
    writer.byte(COMMA);
    writer.decimal(takerBuyBase[i]);
    writer.byte(COMMA);
    writer.decimal(takerBuyQuote[i]);
    writer.text(lineEnd);
  }
  return writer.finish();
}
