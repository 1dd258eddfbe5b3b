// Whoever works on stored klines is told when they are not the ones that were stored.
import { isSampleSymbol, type Market } from './raw-klines-path.js';
import type { StoredKlines } from './stored-klines.js';
import { marketOptions, updateCommand } from './update-command.js';

/** A warning, as a clause, when there is a manifest that does not vouch for the klines; undefined otherwise. */
export function changedSinceStored({ manifest, isVouchedFor }: Pick<StoredKlines, 'manifest' | 'isVouchedFor'>, market: Market): string | undefined {
  if (manifest === undefined || isVouchedFor) return undefined;
  const wayBack = isSampleSymbol(market.symbol) ? 'to have the bars anew, move it and its manifest aside' : `${updateCommand(market)} fetches bars that are not those that were stored again`;
  return `the file was changed since it was stored: forecastlab-train data check ${marketOptions(market)} says where, and ${wayBack}`;
}
