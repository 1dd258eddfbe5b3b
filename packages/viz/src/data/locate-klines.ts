// Which file of klines to show: the one that was named, else the stored one of the wanted or the bundle's market, else
// the only one there is.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Where the stored klines lie, below the root. */
const RAW_FOLDER = join('data', 'raw');
/** `binance_BTCUSDT_1d.csv`, and freer names such as `BTCUSDT_1d_forecastlab.csv.gz`. */
const STORED_NAME = /^binance_([A-Z0-9]{2,30})_(\d{1,2}[smhdwM])\.csv$/;
const FREE_NAME = /^(?:binance_)?([A-Z0-9]{2,30})_(\d{1,2}[smhdwM])(?:[_.]|$)/;

export interface KlinesWish {
  /** Folder under which data/raw lies. */
  readonly root: string;
  /** A file by name: the others then only say what is in it. */
  readonly dataFile?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  /** Market of the active bundle. */
  readonly bundle: { readonly symbol: string; readonly interval: string } | null;
}

export interface KlinesPlace {
  readonly path: string;
  /** True for files below data/raw, which hold closed bars only. */
  readonly isStored: boolean;
  readonly symbol: string;
  /** Null: whatever the file turns out to hold. */
  readonly interval: string | null;
}

/** The file to read, or null when none is stored for the wish (or several are and none was named). */
export async function locateKlines(wish: KlinesWish): Promise<KlinesPlace | null> {
  if (wish.dataFile !== undefined) {
    const [, symbol, interval] = FREE_NAME.exec(basename(wish.dataFile)) ?? [];
    return { path: wish.dataFile, isStored: false, symbol: wish.symbol ?? symbol ?? wish.bundle?.symbol ?? basename(wish.dataFile), interval: wish.interval ?? interval ?? null };
  }
  const folder = join(wish.root, RAW_FOLDER);
  const names = await readdir(folder).catch(() => [] as string[]);
  const stored = names.sort().flatMap((name) => {
    const [, symbol, interval] = STORED_NAME.exec(name) ?? [];
    return symbol === undefined || interval === undefined ? [] : [{ path: join(folder, name), isStored: true, symbol, interval }];
  });
  const isWished = (place: KlinesPlace): boolean => (wish.symbol === undefined || place.symbol === wish.symbol) && (wish.interval === undefined || place.interval === wish.interval);
  const fitting = stored.filter(isWished);
  const ofBundle = fitting.find(({ symbol, interval }) => symbol === wish.bundle?.symbol && interval === wish.bundle.interval);
  return ofBundle ?? (fitting.length === 1 ? fitting[0] : null);
}
