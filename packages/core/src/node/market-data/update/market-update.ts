// What an update did to one market, for people and programs.
import { klineCount } from '../../../klines/klines.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { ArchiveRecord, KlinesManifest, ManifestGap, RestatedBar } from '../klines-manifest.js';
import { isSampleSymbol, type Market, rawKlinesFolder, rawKlinesPath, type Venue } from '../raw-klines-path.js';
import type { UpdateReport } from '../update-sample-klines.js';
import type { KlineSeries } from './kline-series.js';

export interface MarketUpdate extends UpdateReport {
  readonly venue: Venue;
  /** Absolute, or the address in an object store. */
  readonly file: string;
  readonly format: 'csv' | 'parquet';
  /** Bars whose values this update changed, because the source has changed them. */
  readonly restated: readonly RestatedBar[];
  /** Missing bars in the whole series. */
  readonly gaps: readonly ManifestGap[];
  /** Archives that could not be used; their bars came from REST. */
  readonly refusedArchives: readonly ArchiveRecord[];
}

/** The report on a series that was just written. */
export function describeUpdate(store: ArtifactStore, market: Market, update: { readonly series: KlineSeries; readonly manifest: KlinesManifest | undefined }): MarketUpdate {
  const { series, manifest } = update;
  const { klines, facts } = series.settle();
  const rows = klineCount(klines);
  const format = manifest?.format ?? 'csv';
  const path = format === 'csv' ? rawKlinesPath(market) : rawKlinesFolder(market);
  return {
    symbol: market.symbol,
    interval: market.interval,
    venue: market.venue ?? 'spot',
    source: manifest?.source ?? '',
    synthetic: isSampleSymbol(market.symbol),
    path,
    file: store.describe(path),
    format,
    rows,
    added: series.added,
    fromMs: klines.openTimeMs[0],
    toMs: klines.openTimeMs[rows - 1],
    restated: facts.restated.slice(facts.restated.length - series.changed),
    gaps: manifest?.gaps ?? [],
    refusedArchives: facts.archives.filter((record) => record.refused !== undefined),
  };
}
