// A quotient of two columns of the same bar.
import type { KlineColumn } from '../../klines/klines.js';
import { columnValue } from './column-value.js';
import { EPSILON, type KernelMaker } from './kernel.js';

/** numerator / (denominator + 1e-12), as the reference has it. */
export function columnQuotient(numerator: KlineColumn, denominator: KlineColumn): KernelMaker {
  return () => {
    const top = columnValue(numerator)();
    const bottom = columnValue(denominator)();
    return (bar) => top(bar) / (bottom(bar) + EPSILON);
  };
}
