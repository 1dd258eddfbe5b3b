// One calendar for several markets: every time at which any of them has a bar, once. Positions on it are what bar indices are for one
// market, so that "ends before the test begins" means the same for all.
import { ForecastLabError } from '../errors.js';

/** A market and the open times of all its bars. */
export interface MarketTimes {
  readonly symbol: string;
  /** [bars] UTC ms, ascending. */
  readonly openTimeMs: ArrayLike<number>;
}

export interface MarketCalendar {
  /** [times] ascending, each once. */
  readonly openTimeMs: Float64Array;
  /** [markets] of [bars]: where each bar of a market stands on the calendar; ascending. */
  readonly positions: readonly Int32Array[];
}

/**
 * The sorted union of the markets' open times. Costs O(bars · log bars).
 * @throws BAD_DATA for a time that is no number or not after the one before it
 * @example marketCalendar([{ symbol: 'A', openTimeMs: [0, 2] }, { symbol: 'B', openTimeMs: [1, 2] }]).positions // [[0, 2], [1, 2]]
 */
export function marketCalendar(markets: readonly MarketTimes[]): MarketCalendar {
  const count = markets.reduce((sum, { openTimeMs }) => sum + openTimeMs.length, 0);
  const all = new Float64Array(count);
  let at = 0;
  for (const { symbol, openTimeMs } of markets) {
    for (let bar = 0; bar < openTimeMs.length; bar += 1, at += 1) {
      const time = openTimeMs[bar];
      if (!Number.isFinite(time) || (bar > 0 && !(time > openTimeMs[bar - 1]))) throw new ForecastLabError('BAD_DATA', `The bars of ${symbol} must be in the order of time. Bar ${bar} is not after bar ${bar - 1}.`);
      all[at] = time;
    }
  }
  all.sort();
  const openTimeMs = all.filter((time, i) => i === 0 || time !== all[i - 1]);
  return {
    openTimeMs,
    positions: markets.map((market) => {
      const positions = new Int32Array(market.openTimeMs.length);
      let position = 0;
      for (let bar = 0; bar < positions.length; bar += 1) {
        while (openTimeMs[position] < market.openTimeMs[bar]) position += 1;
        positions[bar] = position;
      }
      return positions;
    }),
  };
}
