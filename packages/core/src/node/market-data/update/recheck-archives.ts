// Archives are sometimes published anew: the checksums of the newest ones are read again, and where one has changed the archive
// is fetched again.
import { isForecastLabError } from '../../../errors.js';
import type { Dumps } from '../../dumps/index.js';
import type { ArchiveRecord, KlinesManifest } from '../klines-manifest.js';
import type { Market } from '../raw-klines-path.js';
import type { KlinesBatch } from './kline-series.js';
import type { KlinesSource } from './plan-update.js';

/** Each costs a request. Archives that are older are rechecked by a repair. */
const NEWEST = 2;

/** The bars of archives that have changed since they were stored. An archive that was refused is tried again once it is another. */
export async function* recheckArchives(
  manifest: KlinesManifest | undefined,
  market: Market,
  options: {
    readonly dumps: Dumps;
    readonly source: KlinesSource;
    readonly signal?: AbortSignal | undefined;
    /** Default: false, the newest ones only. */
    readonly all?: boolean;
    log(text: string): void;
  },
): AsyncGenerator<KlinesBatch> {
  const { dumps, signal, all = false, log } = options;
  const records = [...(manifest?.archives ?? [])].sort((a, b) => (periodOf(a) < periodOf(b) ? -1 : 1));
  for (const record of all ? records : records.slice(-NEWEST)) {
    const now = await dumps.checksum(market, periodOf(record)).catch((error: unknown) => {
      // the bars are there, and REST can go on: a site that does not answer is asked the next time
      if (options.source !== 'auto' || signal?.aborted === true || !isForecastLabError(error)) throw error;
      log(`the checksum of ${record.name} cannot be read again (${error.message})`);
      return undefined;
    });
    if (now === undefined || now.sha256 === record.sha256) continue;
    log(`${record.name} was published anew; it is fetched again`);
    const result = await dumps.fetch(market, periodOf(record), signal === undefined ? {} : { signal });
    if (result.kind === 'taken') yield { klines: result.klines, source: 'dumps', archive: result.record };
  }
}

/** `2024-01` of `BTCUSDT-1d-2024-01.zip`. */
function periodOf({ name }: ArchiveRecord): string {
  return /-(\d{4}-\d{2}(?:-\d{2})?)\.zip$/.exec(name)?.[1] ?? '';
}
