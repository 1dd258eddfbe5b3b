// When the outcome of a prediction is known: with the close of the last bar of its label window.

/**
 * UTC date (`YYYY-MM-DD`) of the open of the bar `horizonBars` after the one that opened at `openTimeMs`.
 * Months are counted by the calendar, every other interval by its length.
 */
export function maturesOn(openTimeMs: number, options: { readonly horizonBars: number; readonly interval: { readonly name: string; readonly ms: number } }): string {
  const { horizonBars, interval } = options;
  const last = new Date(openTimeMs);
  if (interval.name === '1M') last.setUTCMonth(last.getUTCMonth() + horizonBars);
  else last.setTime(openTimeMs + horizonBars * interval.ms);
  return last.toISOString().slice(0, 10);
}
