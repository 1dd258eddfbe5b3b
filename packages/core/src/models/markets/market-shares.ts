// How often each class occurred on each market: what a model of several markets knows of one before it looks at a bar.

/** One market's training rows. JSON-safe. */
export interface MarketShares {
  readonly symbol: string;
  /** Training rows of the market. */
  readonly rows: number;
  /** Class shares in CLASSES order, drawn towards those of all markets; above 0, they add up to 1. */
  readonly shares: readonly [number, number, number];
}

/** All markets of a model, and what it says of one that it has not seen. JSON-safe. */
export interface MarketsSummary {
  readonly symbols: readonly MarketShares[];
  /** Class shares of all rows together. */
  readonly unseen: readonly [number, number, number];
  /** Rows of all markets that each market's own rows are mixed with. */
  readonly shareRows: number;
}

/** The rows that shares are counted on. */
export interface MarketRows {
  /** [rows] -1, 0, 1. */
  readonly labels: Int8Array;
  /** [rows]; a market's rows count as many as there are, whatever the size of the weights. Default: 1 each. */
  readonly sampleWeights?: Float64Array;
  readonly symbols: readonly string[];
  /** [rows] index into `symbols`. */
  readonly symbolIndex: ArrayLike<number>;
}

/** A market without a row of some class, taken as it is (`shareRows` 0), would have a share of 0, which rules the class out for ever. */
const SMALLEST_SHARE = 1e-6;

/**
 * The shares of each market: (its weighted rows of the class + shareRows × share of all) / (its weighted rows + shareRows), where weights
 * are scaled to a mean of 1. Of all rows together each class is given one row more than it has; no share is below 1e-6.
 * @example summarizeMarkets({ labels: Int8Array.of(1, 0), symbols: ['BTCUSDT'], symbolIndex: [0, 0] }, 1000).unseen // → [0.2, 0.4, 0.4]
 */
export function summarizeMarkets({ labels, sampleWeights, symbols, symbolIndex }: MarketRows, shareRows: number): MarketsSummary {
  const total = sampleWeights?.reduce((sum, weight) => sum + weight, 0) ?? labels.length;
  const scale = labels.length / total;
  const sums = symbols.map(() => [0, 0, 0]);
  const rows = symbols.map(() => 0);
  labels.forEach((label, row) => {
    sums[symbolIndex[row]][label + 1] += scale * (sampleWeights?.[row] ?? 1);
    rows[symbolIndex[row]] += 1;
  });
  const all = [0, 1, 2].map((k) => (sums.reduce((sum, own) => sum + own[k], 0) + 1) / (labels.length + 3));
  return {
    symbols: symbols.map((symbol, market) => {
      const own = sums[market];
      const weight = own[0] + own[1] + own[2];
      return { symbol, rows: rows[market], shares: toTriple((k) => (weight + shareRows === 0 ? all[k] : (own[k] + shareRows * all[k]) / (weight + shareRows))) };
    }),
    unseen: toTriple((k) => all[k]),
    shareRows,
  };
}

function toTriple(of: (k: number) => number): readonly [number, number, number] {
  const [down, neutral, up] = [0, 1, 2].map((k) => Math.max(SMALLEST_SHARE, of(k)));
  const total = down + neutral + up;
  return [down / total, neutral / total, up / total];
}
