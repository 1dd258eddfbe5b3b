// Which archives hold a bar.
import { parseDumpPath } from './dump-name.js';
import type { Venue } from './options.js';

/** The names of the monthly and the daily archive of a bar, those that have been published. */
export function archivesOfBar(bar: { readonly venue: Venue; readonly symbol: string; readonly interval: string; readonly openMs: number; readonly nowMs: number }): string[] {
  const { venue, symbol, openMs, nowMs } = bar;
  const interval = bar.interval === '1M' ? '1mo' : bar.interval;
  const day = new Date(openMs).toISOString().slice(0, 10);
  return [`monthly ${day.slice(0, 7)}`, `daily ${day}`].flatMap((kind) => {
    const [folder, period] = kind.split(' ');
    const zip = `${symbol}-${interval}-${period}.zip`;
    const name = parseDumpPath(`/data/${venue === 'spot' ? 'spot' : 'futures/um'}/${folder}/klines/${symbol}/${interval}/${zip}`);
    return name !== undefined && name.publishedMs <= nowMs ? [zip] : [];
  });
}
