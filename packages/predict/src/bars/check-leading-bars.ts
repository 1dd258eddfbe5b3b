// An answer stays: it must not be made without the leading market's bar when that bar may still come.
import { type Bundle, findAsOfBar, ForecastLabError, type Klines, parseInterval } from '@forecastlab/core';
import { isSampleSymbol, updateCommand } from '@forecastlab/core/node';
import { marketOfBundle } from '../bundle/market-of-bundle.js';
import type { LeadingBars } from './read-leading-bars.js';

/**
 * Passes where the leader's bars reach the as-of bar, and where there is no leader. One that has later bars but not this one never had it:
 * the prediction tells that.
 * @throws TEMPORARY when no bars of the leader are stored, or they end before the as-of bar
 */
export function checkLeadingBars(klines: Klines, { meta }: Pick<Bundle, 'meta'>, leader: LeadingBars | undefined, { asofDate }: { readonly asofDate?: string | undefined } = {}): void {
  if (leader === undefined) return;
  const { row, date } = findAsOfBar(klines, { intervalMs: parseInterval(meta.interval).ms, ...(asofDate === undefined ? {} : { asofDate }) });
  const last = leader.klines?.openTimeMs.at(-1);
  if (last !== undefined && last >= klines.openTimeMs[row]) return;
  const lack = last === undefined ? `No bars of ${leader.symbol}, which features of the bundle follow, are stored.` : `The stored bars of ${leader.symbol}, which features of the bundle follow, end before ${date}.`;
  throw new ForecastLabError('TEMPORARY', lack, {
    hint: `Bring them up to date with ${updateCommand(marketOfBundle(meta, leader.symbol), isSampleSymbol(leader.symbol) ? '--source sample' : '')}, or answer without these features with --allow-missing-leader.`,
    details: { leader: leader.symbol },
  });
}
