// What an update did to one market, for people and programs.
import { type Interval, nextOpenTime, parseInterval, startOfInterval } from '../../../klines/interval.js';
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
  /**
   * Where the series does not begin at the start that was asked for: the source has no earlier bars, or earlier ones are stored
   * already and stay. Absent otherwise.
   */
  readonly startNote?: 'source has none before' | 'stored bars stay';
}

/** What was asked for as the beginning. */
export interface AskedStart {
  /** UTC ms; undefined when nothing was asked for. */
  readonly askedMs: number | undefined;
  /** First open time of what was stored before the update. */
  readonly storedMs: number | undefined;
}

/** The report on a series that was just written. */
export function describeUpdate(store: ArtifactStore, market: Market, update: { readonly series: KlineSeries; readonly manifest: KlinesManifest | undefined; readonly start?: AskedStart }): MarketUpdate {
  const { series, manifest, start } = update;
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
    ...noteOnStart(start, klines.openTimeMs[0], parseInterval(market.interval)),
  };
}

function noteOnStart({ askedMs, storedMs = Infinity }: AskedStart = { askedMs: undefined, storedMs: undefined }, firstMs: number, interval: Interval): Pick<MarketUpdate, 'startNote'> {
  if (askedMs === undefined) return {};
  if (storedMs < askedMs) return { startNote: 'stored bars stay' };
  // the first bar on the grid may open a little later than was asked
  return nextOpenTime(interval, startOfInterval(interval, askedMs)) < firstMs ? { startNote: 'source has none before' } : {};
}
