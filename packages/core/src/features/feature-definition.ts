// What a feature is: a description that people read, and a kernel that computes it.
import type { KlineColumn } from '../klines/klines.js';
import type { KernelMaker } from './kernels/kernel.js';

export interface FeatureDefinition {
  readonly name: string;
  /** The formula in words. Whoever changes the values changes the words: featureSetVersion is made of them. */
  readonly formula: string;
  /** Kline columns that it reads. */
  readonly inputs: readonly KlineColumn[];
  /**
   * Bars that a value depends on, its own included. A recursive feature depends on all bars before; for it this is
   * the number of bars after which those still before them weigh less than 5 %, and move the value by less than 5 % of its spread on daily
   * bars of coins.
   */
  readonly lookbackBars: number;
  /** True for exponential means, which never quite forget a bar. */
  readonly isRecursive: boolean;
  /**
   * What else than the market's own bars a value depends on: the question asked (its value differs between candidates), or the bars of
   * a leading market (missing where there are none). Default: nothing.
   */
  readonly needs?: 'candidate' | 'leader' | undefined;
  /** Unit of the value, such as `quote asset` or `fraction`. */
  readonly unit: string;
  /** Where the definition comes from. */
  readonly source: string;
  /** Makes a kernel that has seen no bar. */
  readonly create: KernelMaker;
}
