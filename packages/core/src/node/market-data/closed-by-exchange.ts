// Whether the newest stored bars are known to have closed, whatever the clock of this machine says.
import type { KlinesManifest } from './klines-manifest.js';

/**
 * True when the manifest vouches for the klines and their newest bars came from the exchange, by whose clock they had closed. Bars
 * of files were closed by the clock of the machine that took them in.
 */
export function isClosedByExchange(manifest: Pick<KlinesManifest, 'source' | 'sources'> | undefined, isVouchedFor: boolean): boolean {
  return isVouchedFor && manifest !== undefined && (manifest.sources?.at(-1)?.source ?? manifest.source) !== 'file';
}
