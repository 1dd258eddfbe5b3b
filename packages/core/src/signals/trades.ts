// Replays a rule: enter at the close that was predicted from, leave at the close T bars later, pay for both. A short is held at the same
// size from bar to bar, so that its return is minus the market's.
import type { ForecastRecord } from '../validation/evidence/forecast-record.js';
import type { MarketCloses, RowBars } from './forward-returns.js';
import type { Portfolio } from './portfolio.js';

export interface TradeReplay {
  /** One position a market at a time: a signal that comes while one is held is passed over. */
  readonly single: ReplayedTrades & { /** [markets] of it, the rows that were acted on. */ readonly rows: readonly (readonly number[])[] };
  /** Every signal acted on with 1 / T of the market's capital. */
  readonly overlapping: ReplayedTrades;
  /** The return of acting on a row, after costs. */
  tradeReturn(row: number): number;
}

export interface ReplayedTrades {
  /** Return of each trade after costs. */
  readonly trades: readonly number[];
  /** [times of the portfolio] return of the whole capital. */
  readonly returns: Float64Array;
}

/** `signals`: row positions, ascending. `costs`: of entering and of leaving each. */
export function replayTrades(
  record: ForecastRecord,
  closes: ReadonlyMap<string, MarketCloses>,
  { bar }: RowBars,
  { signals, side, costs, portfolio }: { readonly signals: readonly number[]; readonly side: 'long' | 'short'; readonly costs: number; readonly portfolio: Portfolio },
): TradeReplay {
  const { T, symbols, symbolIndex } = record;
  const sign = side === 'long' ? 1 : -1;
  const closesOf = symbols.map((symbol) => (closes.get(symbol) as MarketCloses).close);
  const tradeReturn = (row: number): number => {
    const close = closesOf[symbolIndex[row]];
    let growth = 1 - costs;
    for (let held = bar[row] + 1; held <= bar[row] + T; held += 1) growth *= Math.max(0, 1 + sign * (close[held] / close[held - 1] - 1)); // a short that has lost everything is over
    return growth * (1 - costs) - 1;
  };
  const rows = symbols.map((_, market) => withoutOverlap(signals.filter((row) => symbolIndex[row] === market), bar, T));
  const taken = rows.flat().sort((a, b) => a - b);
  const earn = (entered: readonly (readonly number[])[], size: number): Float64Array => {
    const returns = new Float64Array(portfolio.markets.length);
    entered.forEach((own, market) => {
      const position = new Float64Array(closesOf[market].length + 1);
      for (const row of own) for (let held = bar[row] + 1; held <= bar[row] + T; held += 1) position[held] += sign * size;
      addReturns(returns, position, closesOf[market], { place: portfolio.places[market], markets: portfolio.markets, costs });
    });
    return returns;
  };
  const all = symbols.map((_, market) => signals.filter((row) => symbolIndex[row] === market));
  return {
    single: { trades: taken.map(tradeReturn), returns: earn(rows, 1), rows },
    overlapping: { trades: signals.map(tradeReturn), returns: earn(all, 1 / T) },
    tradeReturn,
  };
}

/** Rows whose bars lie at least T apart, taking the first that comes. */
function withoutOverlap(rows: readonly number[], bar: Int32Array, T: number): number[] {
  let freeFrom = -Infinity;
  return rows.filter((row) => {
    if (bar[row] < freeFrom) return false;
    freeFrom = bar[row] + T;
    return true;
  });
}

/** Adds what a market's positions [bars] earn to the capital's returns; changes of position cost, on entering at the bar after the close. */
function addReturns(returns: Float64Array, position: Float64Array, close: Float64Array, { place, markets, costs }: { readonly place: Int32Array; readonly markets: Int32Array; readonly costs: number }): void {
  for (let bar = 1; bar < close.length; bar += 1) {
    const at = place[bar];
    if (at < 0) continue;
    const entering = Math.abs(position[bar] - position[bar - 1]);
    const isLast = bar + 1 >= close.length || place[bar + 1] < 0;
    const leaving = isLast ? Math.abs(position[bar]) : 0;
    returns[at] += (position[bar] * (close[bar] / close[bar - 1] - 1) - costs * (entering + leaving)) / markets[at];
  }
}
