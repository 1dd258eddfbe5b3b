// Logarithmic changes of the close, and the range of a bar as a logarithm: what volatilities are made of.
import { log } from '../../numeric/log.js';
import type { KernelMaker } from './kernel.js';

/** log(close / close `bars` bars before); NaN for the first `bars` bars and where one of the two is missing or 0. */
export function logChange(bars = 1): KernelMaker {
  return () => {
    const closes = new Float64Array(bars).fill(Number.NaN);
    let at = 0;
    return ({ close }) => {
      const change = log(close / closes[at]);
      closes[at] = close;
      at = at + 1 === bars ? 0 : at + 1;
      return change;
    };
  };
}

/** log(high / low) of the bar: 0 for one whose price did not move. */
export const logRange: KernelMaker = () => (bar) => log(bar.high / bar.low);
