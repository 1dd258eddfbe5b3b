// Past days as people read of them: each that was filled, and spans of those that were not.
import type { PastDays } from '../missed-days/catch-up.js';
import type { FilledDay } from '../missed-days/fill-day.js';

const DAY_MS = 86_400_000;

/** One line a day that was filled; days that follow each other and were skipped for the same reason together. */
export function sayDays({ filled, skipped, failed }: Pick<PastDays, 'filled' | 'skipped' | 'failed'>, placeOf: (path: string) => string): readonly string[] {
  return [
    ...filled.map((day) => sayFilled(day, placeOf)),
    ...inSpans(skipped).map(({ symbol, span, reason }) => `${symbol} ${span}: skipped, ${reason}.`),
    ...failed.map(({ symbol, date, message, hint }) => `FAILED ${symbol} ${date}: ${message}${hint === null ? '' : `\n  ${hint}`}`),
  ];
}

function sayFilled({ symbol, date, status, path, deploy_name: bundle, backfilled, quarantine }: FilledDay, placeOf: (path: string) => string): string {
  const what = { written: 'filled', restored: 'made again, the very same', 'dry-run': 'would be filled' }[status];
  const damage = quarantine === null ? '' : `; the damaged file is kept as ${placeOf(quarantine)}`;
  return `${symbol} ${date}: ${what}${backfilled ? ', marked as backfilled' : ''}, with ${bundle}: ${placeOf(path)}${damage}.`;
}

/** Days newest first, as spans `2025-01-01 to 2025-01-04`. */
export function inSpans(days: readonly { readonly symbol: string; readonly date: string; readonly reason: string }[]): readonly { readonly symbol: string; readonly span: string; readonly reason: string }[] {
  const spans: { symbol: string; reason: string; from: string; to: string }[] = [];
  for (const { symbol, date, reason } of days) {
    const open = spans.find((span) => span.symbol === symbol && span.reason === reason && Date.parse(span.from) - Date.parse(date) === DAY_MS);
    if (open === undefined) spans.push({ symbol, reason, from: date, to: date });
    else open.from = date;
  }
  return spans.map(({ symbol, reason, from, to }) => ({ symbol, reason, span: from === to ? from : `${from} to ${to}` }));
}
