// Stored klines for a repair: what can still be read of a damaged file. The damaged file is kept aside first.
import { isForecastLabError } from '../../../errors.js';
import { klineCount } from '../../../klines/klines.js';
import { salvageKlines } from '../../../klines/salvage-klines.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import { type KlinesManifest, parseManifest } from '../klines-manifest.js';
import type { PreviousKlines } from '../write-stored-klines.js';
import { manifestPath, type Market, rawKlinesPath } from '../raw-klines-path.js';

/** What is left of the klines. */
export interface DamagedKlines {
  /** Undefined when no bar is left. Its manifest is undefined when there was none, or it was damaged too. */
  readonly stored: PreviousKlines | undefined;
  /** One sentence for each damage: what was lost, and where the damaged file lies now. */
  readonly damage: readonly string[];
}

/** Keeps damaged files aside, as `<file>.damaged`, and reads what is whole. */
export async function readDamagedKlines(store: ArtifactStore, market: Market): Promise<DamagedKlines> {
  const damage: string[] = [];
  const manifestBytes = await store.read(manifestPath(market));
  let manifest: KlinesManifest | undefined;
  if (manifestBytes !== undefined) {
    try {
      manifest = parseManifest(manifestBytes, { fileName: store.describe(manifestPath(market)) });
    } catch (error) {
      if (!isForecastLabError(error)) throw error;
      damage.push(`${error.message} It is kept as ${await keepAside(store, manifestPath(market), manifestBytes)}.`);
    }
  }
  const bytes = await store.read(rawKlinesPath(market));
  if (bytes === undefined) return { stored: undefined, damage };
  const { klines, lost } = salvageKlines(bytes, { fileName: store.describe(rawKlinesPath(market)) });
  if (lost !== '') damage.push(`${lost} The damaged file is kept as ${await keepAside(store, rawKlinesPath(market), bytes)}.`);
  return { stored: klineCount(klines) === 0 ? undefined : { klines, manifest, isVouchedFor: false }, damage };
}

/** Under the first free name; gives the place for people. */
async function keepAside(store: ArtifactStore, path: string, bytes: Uint8Array): Promise<string> {
  for (let number = 1; ; number += 1) {
    const aside = `${path}.damaged${number === 1 ? '' : `-${number}`}`;
    if (await store.exists(aside)) continue;
    await store.createOnly(aside, bytes);
    return store.describe(aside);
  }
}
