// Would as many signals at random times have done as well? Draws positions that do not overlap, as many in each market as the rule took.
import { createRandom } from '../numeric/random.js';
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import type { RowBars } from './forward-returns.js';
import type { TradeReplay } from './trades.js';

const RANDOM_KEY = 0x5193;
/** Tries per signal before a draw goes on with fewer: where the rule fills nearly all time there is hardly another place. */
const MOST_TRIES = 200;

/**
 * Share of draws, the rule itself counted as one, whose mean trade return is at least the rule's; null without trades.
 * `rows`: those that may be acted on.
 */
export function randomSignalsPValue(
  { symbolIndex, symbols, T }: ForecastRecord,
  { bar }: RowBars,
  { single, tradeReturn }: TradeReplay,
  { rows, draws, seed }: { readonly rows: readonly number[]; readonly draws: number; readonly seed: number },
): number | null {
  if (single.trades.length === 0) return null;
  const own = symbols.map((_, market) => rows.filter((row) => symbolIndex[row] === market));
  const returnOf = new Map(rows.map((row) => [row, tradeReturn(row)]));
  const observed = single.trades.reduce((sum, value) => sum + value, 0) / single.trades.length;
  let asGood = 1;
  for (let draw = 0; draw < draws; draw += 1) {
    const random = createRandom(seed, RANDOM_KEY, draw);
    let sum = 0;
    let count = 0;
    own.forEach((eligible, market) => {
      const taken: number[] = [];
      for (let tries = 0; taken.length < single.rows[market].length && tries < MOST_TRIES * single.rows[market].length; tries += 1) {
        const row = eligible[random.integer(eligible.length)];
        if (taken.every((other) => Math.abs(bar[other] - bar[row]) >= T)) taken.push(row);
      }
      for (const row of taken) sum += returnOf.get(row) as number;
      count += taken.length;
    });
    if (sum / count >= observed) asGood += 1;
  }
  return asGood / (draws + 1);
}
