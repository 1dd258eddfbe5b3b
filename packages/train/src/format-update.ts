// What an update of stored klines did, as text for a terminal or a log.
import type { KlinesManifest, MarketUpdate } from '@forecastlab/core/node';

/** More than a few lines of a kind help nobody; the manifest has them all. */
const LINES_SHOWN = 5;

/** The report on one market. */
export function formatUpdate(update: MarketUpdate): string {
  const { path, rows, symbol, interval, added, fromMs, toMs, restated, refusedArchives, gaps, synthetic, venue, startNote } = update;
  const unexplained = gaps.filter((gap) => gap.confirmed !== true);
  const missing = gaps.reduce((bars, gap) => bars + gap.bars, 0);
  return [
    `${path}: ${rows} closed bars of ${symbol} ${interval}${venue === 'usdm' ? ' (USD-M futures)' : ''}${synthetic ? ' (synthetic)' : ''}, ${isoMinute(fromMs)} to ${isoMinute(toMs)}, ${added} new`,
    ...(startNote === undefined ? [] : [startNote === 'stored bars stay' ? `  bars from before --start are stored already, from ${isoMinute(fromMs)} on; they stay` : `  the source has none before ${isoMinute(fromMs)}`]),
    ...shown(restated, 'restated by the source; the new values are stored, the old ones are in the manifest', restatedLine),
    ...shown(refusedArchives, 'refused; the bars came from REST', (archive) => `${archive.name}: ${archive.refused ?? ''}`),
    ...(gaps.length === 0 ? [] : [`  ${missing} bar${missing === 1 ? '' : 's'} missing in ${gaps.length} gap${gaps.length === 1 ? '' : 's'}: ${unexplained.length === 0 ? 'the exchange has none either' : `${unexplained.length} not confirmed by the exchange; --repair asks it`}`]),
  ].join('\n');
}

function shown<Item>(items: readonly Item[], what: string, line: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  const more = items.length - LINES_SHOWN;
  return [`  ${items.length} ${what}:`, ...items.slice(0, LINES_SHOWN).map((item) => `    ${line(item)}`), ...(more > 0 ? [`    … and ${more} more`] : [])];
}

function restatedLine({ open, before, after }: KlinesManifest['restated'][number]): string {
  const columns = Object.keys(before);
  const isRemoved = Object.keys(after).length === 0;
  return `${open.slice(0, 16).replace('T', ' ')}: ${isRemoved ? 'taken away: the source has no such bar' : columns.map((column) => `${column} ${before[column] ?? 'missing'} to ${after[column] ?? 'missing'}`).join(', ')}`;
}

/** `2024-01-31`, or with the time when it is not midnight. */
function isoMinute(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 16).replace('T', ' ')}Z`;
}
