// Writes klines as our own CSV. Reading it back gives the same bits: numbers are in their shortest round-trip form.
import { FORECASTLAB_HEADER } from './csv-columns.js';
import { type Klines, klineCount } from './klines.js';

/**
 * Our own CSV, header and one line per bar; a missing value (NaN) is an empty cell.
 * @example formatKlinesCsv(klines).split('\n')[0] // 'timestamp,open,high,low,close,volume,open_time_ms,…'
 */
export function formatKlinesCsv(
  klines: Klines,
  options: {
    /** Default `\n`; the predecessor's files have `\r\n`. */
    readonly lineEnd?: '\n' | '\r\n';
  } = {},
): string {
  const lineEnd = options.lineEnd ?? '\n';
  const parts: string[] = [FORECASTLAB_HEADER];
  const count = klineCount(klines);
  for (let i = 0; i < count; i += 1) {
    parts.push(
      `${formatTime(klines.openTimeMs[i])},${decimal(klines.open[i])},${decimal(klines.high[i])},${decimal(klines.low[i])},${decimal(klines.close[i])},` +
        `${decimal(klines.volume[i])},${whole(klines.openTimeMs[i])},${whole(klines.closeTimeMs[i])},${decimal(klines.quoteVolume[i])},` +
        `${whole(klines.tradeCount[i])},${decimal(klines.takerBuyBase[i])},${decimal(klines.takerBuyQuote[i])}`,
    );
  }
  parts.push('');
  return parts.join(lineEnd);
}

/** As the predecessor wrote it: `2018-01-01T00:00:00+00:00`, milliseconds only where there are any. */
function formatTime(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  return `${text.endsWith('.000Z') ? text.slice(0, -5) : text.slice(0, -1)}+00:00`;
}

/** A value that may have decimals: `12750.0`, so that other tools read the column as floating point. */
function decimal(value: number): string {
  if (value !== value) return '';
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

function whole(value: number): string {
  return value !== value ? '' : String(value);
}
