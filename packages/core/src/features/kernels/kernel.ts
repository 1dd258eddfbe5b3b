// The one form of every feature: a small state machine that takes the next bar and says the feature's value there.
// A whole table is all bars pushed one after the other, so batch and streaming give the same bits by construction,
// and no kernel can see a bar that was not pushed yet.
import type { Kline } from '../../klines/klines.js';
import type { Candidate } from '../../labels/candidate.js';

/**
 * Takes the next bar, gives the value at that bar; NaN while it is not defined. `leader`: the bar of the leading market with the same
 * open time, for kernels of features that need it; undefined where there is none.
 */
export type Kernel = (bar: Kline, leader?: Kline) => number;

/** What a kernel is told before the first bar. */
export interface KernelSetting {
  /** The question asked; there for the features that need it. */
  readonly candidate?: Candidate | undefined;
}

/** Makes a kernel in its first state. */
export type KernelMaker = (setting?: KernelSetting) => Kernel;

/** The reference guards quotients by adding this to the divisor. */
export const EPSILON = 1e-12;
