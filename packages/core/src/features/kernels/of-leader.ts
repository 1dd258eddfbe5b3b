// A kernel fed with the bars of the leading market instead of the market's own.
import { type Kline, KLINE_COLUMNS } from '../../klines/klines.js';
import type { KernelMaker } from './kernel.js';

/** Stands where the leader has no bar: windows over it are missing. */
const MISSING = Object.fromEntries(KLINE_COLUMNS.map((column) => [column, Number.NaN])) as unknown as Kline;

/** `source` of the leader's bars of the same open times. */
export function ofLeader(source: KernelMaker): KernelMaker {
  return (setting) => {
    const next = source(setting);
    return (_bar, leader = MISSING) => next(leader);
  };
}
