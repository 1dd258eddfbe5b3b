// Which column of a CSV means what: the one table of the names that exchanges, Yahoo, pandas exports and we give them.
import type { KlineColumn } from './klines.js';

/** Names in lower case, blanks as underscores; of two columns with one meaning the earlier name here is read. */
export const COLUMN_NAMES: { readonly [column in KlineColumn]: readonly string[] } = {
  openTimeMs: ['open_time_ms', 'open_time', 'opentime', 'timestamp', 'datetime', 'date', 'time', 'unix'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  volume: ['volume', 'vol'],
  closeTimeMs: ['close_time_ms', 'close_time', 'closetime'],
  quoteVolume: ['quote_asset_volume', 'quote_volume', 'qav', 'quotevolume'],
  tradeCount: ['number_of_trades', 'num_trades', 'trades', 'trade_count', 'count'],
  takerBuyBase: ['taker_buy_base_asset_volume', 'taker_buy_base_volume', 'taker_buy_base', 'taker_base', 'taker_base_vol', 'taker_buy_volume', 'tb_base_av'],
  takerBuyQuote: ['taker_buy_quote_asset_volume', 'taker_buy_quote_volume', 'taker_buy_quote', 'taker_quote', 'taker_quote_vol', 'tb_quote_av'],
};

/** Order of columns in a dump without header and in REST answers; a twelfth column is ignored. */
export const DUMP_COLUMNS: readonly KlineColumn[] = [
  'openTimeMs', 'open', 'high', 'low', 'close', 'volume', 'closeTimeMs', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote',
];

/** Columns that some sources do not have; their cells may be empty (NaN). */
export const OPTIONAL_COLUMNS: readonly KlineColumn[] = ['quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'];

/** The header of our own files. */
export const FORECASTLAB_HEADER =
  'timestamp,open,high,low,close,volume,open_time_ms,close_time_ms,quote_asset_volume,number_of_trades,taker_buy_base_asset_volume,taker_buy_quote_asset_volume';

/** Position of each kline column in the file; absent ones are missing from the map. */
export type ColumnPositions = ReadonlyMap<KlineColumn, number>;

/** Where the header's cells stand, and which cells mean nothing to us. */
export function matchHeader(cells: readonly string[]): { readonly positions: ColumnPositions; readonly ignored: readonly string[]; readonly repeated: readonly string[] } {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[\s-]+/g, '_'));
  const positions = new Map<KlineColumn, number>();
  for (const [column, known] of Object.entries(COLUMN_NAMES) as [KlineColumn, readonly string[]][]) {
    const name = known.find((candidate) => names.includes(candidate));
    if (name !== undefined) positions.set(column, names.indexOf(name));
  }
  const used = [...positions.values()];
  const repeated = used.map((position) => names[position]).filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return { positions, ignored: cells.filter((_, position) => !used.includes(position)), repeated };
}
