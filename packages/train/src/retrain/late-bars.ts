// A challenger is due and bars are not stored: the data source is late, which passes, or a market is no longer traded, which does not.
import { ForecastLabError, klineCount, parseInterval } from '@forecastlab/core';
import type { BundleMarket } from '../train-bundle.js';

const DAY_MS = 86_400_000;

/** Open time of the newest bar, UTC ms. */
export function newestOf(markets: readonly BundleMarket[]): number {
  return Math.max(...markets.map(({ klines }) => klines.openTimeMs[klineCount(klines) - 1]));
}

/**
 * TEMPORARY, with the markets whose bars end before `expectedMs` (UTC ms, an open time). `details.isOverdue`: one of them is late by three days and
 * two bars at least, so a person should look.
 * @param why a sentence: what was due
 */
export function lateBars(why: string, markets: readonly BundleMarket[], { expectedMs, interval }: { readonly expectedMs: number; readonly interval: string }): ForecastLabError {
  const late = markets.filter((market) => newestOf([market]) < expectedMs);
  const names = late.map(({ symbol }) => symbol);
  const rest = markets.map(({ symbol }) => symbol).filter((symbol) => !names.includes(symbol));
  const newestMs = Math.min(...late.map((market) => newestOf([market])));
  const isOverdue = expectedMs - newestMs >= Math.max(3 * DAY_MS, 2 * parseInterval(interval).ms);
  const without = rest.length === 0 ? '' : ` If ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} no longer traded, make a bundle without: forecastlab-train bundle ${rest.length === 1 ? '--symbol' : '--symbols'} ${rest.join(',')} --interval ${interval} --activate. Retraining goes on from that one.`;
  return new ForecastLabError('TEMPORARY', `${why} The bars of ${names.join(', ')} are not stored up to ${day(expectedMs)} yet; the newest is of ${day(newestMs)}.`, {
    hint: `Bring them up to date first: forecastlab-train data update, or forecastlab-predict run --source auto.${isOverdue ? without : ''}`,
    details: { symbols: names, isOverdue },
  });
}

const day = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16).replace('T00:00', '').replace('T', ' ');
