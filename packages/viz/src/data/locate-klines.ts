// Which klines to show: the file that was named, else the stored ones of the wanted or the bundle's market, else the
// only ones there are.
import { basename } from 'node:path';
import { type ArtifactStore, isSampleSymbol, type Venue, venueOfFileName } from '@forecastlab/core/node';

const RAW_FOLDER = 'data/raw/';
/** `binance_BTCUSDT_1d.csv`, `binance-usdm_BTCUSDT_260327_1h.csv`, `sample_SAMPLEUSDT_1d.csv`, or a Parquet part of them: `binance_BTCUSDT_1d/2024-01-0123abcd.parquet`. */
const STORED_NAME = /^((?:binance|binance-usdm|sample)_([A-Z0-9]{2,30}(?:_\d{6})?)_(\d{1,2}[smhdwM]))(?:\.csv|\/\d{4}-\d{2}-[0-9a-f]{8}\.parquet)$/;
/** Also freer names, such as `BTCUSDT_1d_forecastlab.csv.gz`. */
const FREE_NAME = /^(?:binance_|binance-usdm_|sample_)?([A-Z0-9]{2,30}(?:_\d{6})?)_(\d{1,2}[smhdwM])(?:[_.]|$)/;

export interface KlinesWish {
  /** A file by name: symbol and interval then only say what is in it. */
  readonly dataFile?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  /** Market of the active bundle; of several the first that is stored is shown, unless another is wished for. */
  readonly bundle: { readonly symbol: string; readonly interval: string; readonly data: { readonly file: string | null }; readonly symbols?: readonly { readonly symbol: string; readonly file: string | null }[] | undefined } | null;
}

export type KlinesPlace =
  /** A file anywhere; its interval may only come out on reading. */
  | { readonly kind: 'file'; readonly path: string; readonly symbol: string; readonly interval: string | null }
  /** In the store. */
  | { readonly kind: 'stored'; readonly symbol: string; readonly interval: string; readonly venue: Venue };

/** The klines to read, or null when none are stored for the wish (or several, and none was named). */
export async function locateKlines(store: ArtifactStore, wish: KlinesWish): Promise<KlinesPlace | null> {
  if (wish.dataFile !== undefined) {
    const name = basename(wish.dataFile);
    const [, symbol, interval] = FREE_NAME.exec(name) ?? [];
    return { kind: 'file', path: wish.dataFile, symbol: wish.symbol ?? symbol ?? wish.bundle?.symbol ?? name, interval: wish.interval ?? interval ?? null };
  }
  const byName = new Map<string, KlinesPlace>();
  for (const path of await store.list(RAW_FOLDER)) {
    const [, name, symbol, interval] = STORED_NAME.exec(path.slice(RAW_FOLDER.length)) ?? [];
    if (name === undefined || symbol === undefined || interval === undefined || isSampleSymbol(symbol) !== name.startsWith('sample_')) continue;
    byName.set(name, { kind: 'stored', symbol, interval, venue: venueOfFileName(name) });
  }
  const stored = [...byName.values()];
  const fitting = stored.filter(({ symbol, interval }) => (wish.symbol === undefined || symbol === wish.symbol) && (wish.interval === undefined || interval === wish.interval));
  const { bundle } = wish;
  const markets = bundle === null ? [] : (bundle.symbols ?? [{ symbol: bundle.symbol, file: bundle.data.file }]);
  const ofBundle = markets.flatMap(({ symbol, file }) => fitting.filter((place) => place.kind === 'stored' && place.symbol === symbol && place.interval === bundle?.interval && place.venue === venueOfFileName(file ?? '')));
  return ofBundle[0] ?? (fitting.length === 1 ? fitting[0] : null);
}
