// Who was in a hurry: takers that bought against takers that sold.
import { bounded } from './bounded.js';
import { columnValue } from './column-value.js';
import { derived } from './derived.js';
import type { KernelMaker } from './kernel.js';
import { rollingMean } from './rolling.js';

/** 2 × taker buys / quote volume - 1 of the last `bars` bars together, from -1 (takers only sold) to 1; 0 when nothing was traded. */
export function takerImbalance(bars: number): KernelMaker {
  const [bought, traded] = (['takerBuyQuote', 'quoteVolume'] as const).map((column) => (bars === 1 ? columnValue(column) : rollingMean(columnValue(column), bars)));
  return derived((buys, all) => (buys === 0 && all === 0 ? 0 : bounded((2 * buys) / all - 1, 1)), bought, traded);
}
