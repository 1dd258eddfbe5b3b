// Whether klines of a market are stored, without reading them.
import { type ArtifactStore, type Market, rawKlinesFolder, rawKlinesPath } from '@forecastlab/core/node';

/** True when a CSV file or Parquet parts of the market lie in the store. Throws BAD_OPTION for a symbol that is none. */
export async function hasStoredBars(store: ArtifactStore, market: Market): Promise<boolean> {
  const [file, folder] = [rawKlinesPath(market), `${rawKlinesFolder(market)}/`];
  return (await store.list('data/raw/')).some((path) => path === file || path.startsWith(folder));
}
