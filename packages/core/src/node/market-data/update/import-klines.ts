// Puts the bars of files (archives downloaded by hand, another program's CSV) into the store, beside those that are there.
import { ForecastLabError, optionError } from '../../../errors.js';
import { parseInterval } from '../../../klines/interval.js';
import { KLINE_COLUMNS, type Klines, klineCount, sliceKlines, takeKlines } from '../../../klines/klines.js';
import { lowerBound } from '../../../klines/merge-klines.js';
import { prepareKlines } from '../../../klines/prepare-klines.js';
import { parseArchiveName } from '../../dumps/archive-name.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import { isSampleSymbol, type Market, rawKlinesPath } from '../raw-klines-path.js';
import type { KlinesFile } from '../read-klines-file.js';
import { readStoredKlines } from '../stored-klines.js';
import type { KlinesFormat } from '../write-stored-klines.js';
import { KlineSeries } from './kline-series.js';
import { describeUpdate, type MarketUpdate } from './market-update.js';
import { SeriesWriter } from './series-writer.js';

/** As many as the check of a last bar looks at. */
const BARS_TO_TELL = 30;

export interface KlinesImport extends MarketUpdate {
  /** Bars that are stored with other values; the stored ones stay. */
  readonly different: number;
  /** What was mended, dropped or is odd in the files: one sentence each, with the file's name. */
  readonly warnings: readonly string[];
}

/**
 * Takes in the bars that are not stored yet. A stored bar is never changed by a file. A last bar that looks unfinished is left out.
 * @throws BAD_FILE for bars that cannot be used or are of another length, BAD_OPTION for the synthetic market
 */
export function importKlines(
  store: ArtifactStore,
  market: Market,
  files: readonly KlinesFile[],
  options: { readonly format?: KlinesFormat | undefined; nowMs(): number },
): Promise<KlinesImport> {
  const { format, nowMs } = options;
  if (isSampleSymbol(market.symbol)) throw optionError('data import', 'symbol', 'a real market', market.symbol, 'Synthetic bars are made: data update --source sample.');
  const interval = parseInterval(market.interval);
  return store.withLock(rawKlinesPath(market), {}, async (lock) => {
    const read = await readStoredKlines(store, market);
    const stored = read === undefined ? undefined : { klines: read.parsed.klines, manifest: read.manifest, isVouchedFor: read.isVouchedFor };
    const series = new KlineSeries(stored, { nowMs });
    const warnings: string[] = [];
    let different = 0;
    for (const { parsed, path } of files) {
      if (parsed.intervalMs !== interval.ms) {
        throw new ForecastLabError('BAD_FILE', `${path} has bars of ${parsed.interval}, not of ${interval.name}.`, { hint: `Say --interval ${parsed.interval}, or leave the file out.`, details: { file: path } });
      }
      const prepared = prepareKlines(parsed, { serverTimeMs: nowMs() });
      warnings.push(...prepared.warnings.map((warning) => `${parsed.fileName}: ${warning}`));
      const { klines, warning } = withoutUncertainEnd(parsed.fileName, prepared.klines);
      warnings.push(...warning);
      const compared = newBars(series.settle().klines, klines);
      different += compared.different;
      series.apply({ klines: compared.klines, source: 'file' });
    }
    const writer = new SeriesWriter(store, market, series, { nowMs, format, before: stored, lock, onWritten: async () => undefined });
    await writer.write();
    return { ...describeUpdate(store, market, { series, manifest: writer.manifest }), different, warnings };
  });
}

/** In a short file nothing tells whether its last bar was recorded before its end. An archive of the exchange holds whole bars. */
function withoutUncertainEnd(fileName: string, klines: Klines): { readonly klines: Klines; readonly warning: readonly string[] } {
  const rows = klineCount(klines);
  if (rows >= BARS_TO_TELL || rows < 2 || parseArchiveName(fileName) !== undefined) return { klines, warning: [] };
  const time = new Date(klines.openTimeMs[rows - 1]).toISOString().slice(0, 16);
  return { klines: sliceKlines(klines, 0, rows - 1), warning: [`${fileName}: too few bars to tell whether the last one (${time}Z) is whole; it is left out, and data update fetches it`] };
}

function newBars(stored: Klines, incoming: Klines): { readonly klines: Klines; readonly different: number } {
  const fresh: number[] = [];
  let different = 0;
  for (let row = 0; row < klineCount(incoming); row += 1) {
    const at = lowerBound(stored.openTimeMs, incoming.openTimeMs[row]);
    if (stored.openTimeMs[at] !== incoming.openTimeMs[row]) fresh.push(row);
    else if (KLINE_COLUMNS.some((column) => incoming[column][row] === incoming[column][row] && stored[column][at] !== incoming[column][row])) different += 1;
  }
  return { klines: takeKlines(incoming, fresh), different };
}
