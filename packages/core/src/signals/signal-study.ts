// What a study of signals says: JSON-safe. Nothing here is a promise; it tells what would have come of acting on probabilities.

/** Rows between two deciles of a probability. */
export interface SignalDecile {
  /** 1 holds the lowest probabilities, 10 the highest. */
  readonly decile: number;
  readonly rows: number;
  /** Mean probability, and how often the move came first. */
  readonly meanProbability: number;
  readonly hitRate: number;
  /** Mean return from the row's close to the close T bars later, before costs; a fall counts as negative on both sides. */
  readonly meanForwardReturn: number;
}

/** How an equity curve went. Returns are fractions. */
export interface Performance {
  /** Growth of 1 less 1. */
  readonly totalReturn: number;
  /** Yearly mean over yearly deviation of the returns by bar, no interest deducted; null when nothing varies. */
  readonly sharpe: number | null;
  /** Deepest fall from a peak, as a positive fraction. */
  readonly maxDrawdown: number;
}

/** The chance that the true Sharpe ratio is above a hurdle: 0, or what the best of many trials shows by luck. */
export interface SharpeEvidence {
  /** Probabilistic Sharpe ratio against 0. Null with too few bars or no variation. */
  readonly probabilistic: number | null;
  /** Deflated Sharpe ratio: against the largest that so many trials without skill may be expected to show. */
  readonly deflated: number | null;
  /** Trials that it allows for. */
  readonly trials: number;
}

/** Acting on one side, above one threshold. */
export interface SignalRule {
  readonly side: 'long' | 'short';
  /** Act on the highest so large a share of the probabilities that the market had shown before. */
  readonly share: number;
  /** Bars that signalled, of those with T bars after them. */
  readonly signals: number;
  /** Share of the signals after which the move came first; null without signals. */
  readonly hitRate: number | null;
  /** Share of all bars that the rule had a choice of after which the move came first; null without any. */
  readonly baseRate: number | null;
  /** One position a market at a time, held for T bars. */
  readonly single: TradeResult;
  /** Every signal acted on with 1 / T of the market's capital. */
  readonly overlapping: TradeResult;
}

export interface TradeResult {
  readonly trades: number;
  /** Mean return of a trade after costs; null without trades. */
  readonly meanReturn: number | null;
  /** Share of trades that earned something after costs; null without trades. */
  readonly winRate: number | null;
  readonly performance: Performance;
  readonly sharpeEvidence: SharpeEvidence;
  /**
   * Share of random signals, as many in each market, whose mean return was at least as high; null without trades, and for overlapping
   * signals, which are not independent of each other.
   */
  readonly randomPValue: number | null;
}

export interface SignalStudy {
  readonly candidate: string;
  readonly symbols: readonly string[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** Costs of entering and of leaving each, as fractions of the traded amount. */
  readonly fee: number;
  readonly slippage: number;
  /** By the probability of a rise, and of a fall. */
  readonly upDeciles: readonly SignalDecile[];
  readonly downDeciles: readonly SignalDecile[];
  readonly rules: readonly SignalRule[];
  /** The markets in equal shares over the time in which rules could act, brought back to equal at every bar, without costs. */
  readonly buyAndHold: Performance;
  /** One plain sentence. */
  readonly sentence: string;
}
