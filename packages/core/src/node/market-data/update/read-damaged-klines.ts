// Stored klines for a repair: what can still be read of damaged files. These are kept aside first.
import { isForecastLabError } from '../../../errors.js';
import { klineCount } from '../../../klines/klines.js';
import { salvageKlines } from '../../../klines/salvage-klines.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import { parseManifest } from '../klines-manifest.js';
import { manifestPath, type Market, rawKlinesPath } from '../raw-klines-path.js';
import { readStoredKlines } from '../stored-klines.js';
import type { KlinesFormat, PreviousKlines } from '../write-stored-klines.js';

/** What is left of the klines. */
export interface ReadableKlines {
  /** Undefined when no bar is left. Its manifest is undefined when there was none, or it was damaged too. */
  readonly stored: PreviousKlines | undefined;
  /** How they are stored. */
  readonly format: KlinesFormat | undefined;
  /** One sentence for each damage: what was lost, and where the damaged file lies now. */
  readonly damage: readonly string[];
}

/** Reads what is whole; damaged files are kept as `<file>.damaged`, and of Parquet parts the name is told. */
export async function readDamagedKlines(store: ArtifactStore, market: Market): Promise<ReadableKlines> {
  const damage: string[] = [];
  for (;;) {
    try {
      const read = await readStoredKlines(store, market, { damaged: 'leave-out' });
      if (read === undefined) return { stored: undefined, format: undefined, damage };
      const { manifest, isVouchedFor, damaged } = read;
      const { klines, format } = read.parsed;
      damage.push(...damaged.map((part) => `${store.describe(part.path)} is damaged or missing; its bars are fetched again.`));
      return { stored: klineCount(klines) === 0 ? undefined : { klines, manifest, isVouchedFor }, format: format === 'parquet' ? 'parquet' : 'csv', damage };
    } catch (error) {
      if (!isForecastLabError(error) || !['BAD_FILE', 'CORRUPT'].includes(error.code)) throw error;
      const isManifest = error.details.file === store.describe(manifestPath(market));
      if (!isManifest) return { ...(await salvage(store, market, damage)), format: 'csv' };
      damage.push(`${error.message} It is kept as ${await keepAside(store, manifestPath(market))}.`);
      await store.remove(manifestPath(market));
    }
  }
}

async function salvage(store: ArtifactStore, market: Market, damage: readonly string[]): Promise<Pick<ReadableKlines, 'stored' | 'damage'>> {
  const path = rawKlinesPath(market);
  const bytes = (await store.read(path)) ?? new Uint8Array();
  const { klines, lost } = salvageKlines(bytes, { fileName: store.describe(path) });
  const sentence = `${lost === '' ? `${store.describe(path)} could not be read.` : lost} The damaged file is kept as ${await keepAside(store, path)}.`;
  const manifestBytes = await store.read(manifestPath(market));
  const manifest = manifestBytes === undefined ? undefined : parseManifest(manifestBytes, { fileName: store.describe(manifestPath(market)) });
  return { stored: klineCount(klines) === 0 ? undefined : { klines, manifest, isVouchedFor: false }, damage: [...damage, sentence] };
}

/** Under the first free name; gives the place for people. */
async function keepAside(store: ArtifactStore, path: string): Promise<string> {
  const bytes = (await store.read(path)) ?? new Uint8Array();
  for (let number = 1; ; number += 1) {
    const aside = `${path}.damaged${number === 1 ? '' : `-${number}`}`;
    if (await store.exists(aside)) continue;
    await store.createOnly(aside, bytes);
    return store.describe(aside);
  }
}
