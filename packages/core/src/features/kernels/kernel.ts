// The one form of every feature: a small state machine that takes the next bar and says the feature's value there.
// A whole table is all bars pushed one after the other, so batch and streaming give the same bits by construction,
// and no kernel can see a bar that was not pushed yet.
import type { Kline } from '../../klines/klines.js';

/** Takes the next bar, gives the value at that bar; NaN while it is not defined. */
export type Kernel = (bar: Kline) => number;

/** Makes a kernel in its first state. */
export type KernelMaker = () => Kernel;

/** The reference guards quotients by adding this to the divisor. */
export const EPSILON = 1e-12;
