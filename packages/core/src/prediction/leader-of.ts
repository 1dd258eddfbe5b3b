// The bars of the market that features follow, as far as they may be known.
import type { BundleMeta } from '../bundle/bundle-meta.js';
import { type Klines, sliceKlines } from '../klines/klines.js';

/** The leading market up to the as-of bar: what came later must change nothing. Undefined for a bundle that was trained without one, and for the leader itself. */
export function leaderOf(meta: BundleMeta, symbol: string, klines: Klines | undefined, openTimeMs: number): { readonly symbol: string; readonly klines: Klines | undefined } | undefined {
  if (meta.leader === undefined || meta.leader.symbol === symbol) return undefined;
  const known = klines?.openTimeMs.filter((time) => time <= openTimeMs).length ?? 0;
  return { symbol: meta.leader.symbol, klines: klines === undefined || known === 0 ? undefined : sliceKlines(klines, 0, known) };
}
