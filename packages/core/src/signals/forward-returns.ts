// What each row of a record would have earned: from the close that it was predicted from to the close T bars later.
import { ForecastLabError } from '../errors.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';

/** Closing prices of one market, oldest first; both [bars]. */
export interface MarketCloses {
  readonly openTimeMs: Float64Array;
  readonly close: Float64Array;
}

/** Where a record's rows lie in their markets' bars. */
export interface RowBars {
  /** [rows] bar index in the row's own market. */
  readonly bar: Int32Array;
  /** [rows] close T bars later against the row's close, less 1; NaN where there are not so many bars yet. */
  readonly forwardReturn: Float64Array;
}

/**
 * Finds the bars of a record's rows. `closes`: by symbol.
 * @throws BAD_DATA when a market or one of its bars is missing
 */
export function forwardReturns(record: ForecastRecord, closes: ReadonlyMap<string, MarketCloses>): RowBars {
  const places = record.symbols.map((symbol) => {
    const market = closes.get(symbol);
    if (market === undefined) throw new ForecastLabError('BAD_DATA', `There are no closes of ${symbol}, which the record has rows of.`);
    return { ...market, placeOf: new Map([...market.openTimeMs].map((time, bar) => [time, bar])) };
  });
  const rows = record.labels.length;
  const bar = new Int32Array(rows);
  const forwardReturn = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row += 1) {
    const { close, placeOf } = places[record.symbolIndex[row]];
    const place = placeOf.get(record.openTimeMs[row]);
    if (place === undefined) {
      throw new ForecastLabError('BAD_DATA', `${record.symbols[record.symbolIndex[row]]} has no bar at ${new Date(record.openTimeMs[row]).toISOString()}, which the record has a row of.`, { hint: 'Give the bars that the record was made from.' });
    }
    bar[row] = place;
    if (place + record.T < close.length) forwardReturn[row] = close[place + record.T] / close[place] - 1;
  }
  return { bar, forwardReturn };
}
