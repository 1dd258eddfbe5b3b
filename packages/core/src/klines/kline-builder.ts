// Kline columns that grow while rows arrive, one set of typed arrays and no object per row.
import { createKlines, KLINE_COLUMNS, type Klines } from './klines.js';

// The largest history known is 1-second bars: eight years are 250 million rows, half a year 16 million. Columns of 20 million
// rows take 1.8 GB, what a common machine can still hold.
export const MAX_ROWS = 20_000_000;

export interface KlineBuilder {
  /** The columns, in KLINE_COLUMNS order, with room for at least one more row than written. Fetch again after `grow`. */
  readonly columns: Float64Array[];
  capacity: number;
  /** Half as much room again, at least. */
  grow(): void;
  /** The first `rows` rows, in memory of their own. */
  finish(rows: number): Klines;
}

/** A builder with room for `capacity` rows. */
export function createKlineBuilder(capacity: number): KlineBuilder {
  const columns = KLINE_COLUMNS.map(() => new Float64Array(capacity));
  const builder: KlineBuilder = {
    columns,
    capacity,
    grow: () => {
      builder.capacity = Math.min(MAX_ROWS + 1, Math.ceil(builder.capacity * 1.5) + 16);
      columns.forEach((column, i) => {
        columns[i] = new Float64Array(builder.capacity);
        columns[i].set(column);
      });
    },
    finish: (rows) => {
      const klines = { ...createKlines(0) } as Record<string, Float64Array>;
      KLINE_COLUMNS.forEach((name, i) => {
        klines[name] = columns[i].length === rows ? columns[i] : columns[i].slice(0, rows);
        columns[i] = new Float64Array(0); // let the roomy column go before the next is copied
      });
      return klines as unknown as Klines;
    },
  };
  return builder;
}
