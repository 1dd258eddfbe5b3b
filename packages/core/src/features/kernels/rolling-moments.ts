// Rolling mean and deviation in O(1) a bar that cannot drift, because nothing is ever subtracted: the window is the end of
// the block before and the beginning of the present one (van Herk 1992, Gil and Werman 1993, there for maxima). A spike or a
// missing value taints just the windows that hold it. Sums have 106 bits, so the place of the blocks does not show.
import { DoubleDouble } from '../../numeric/double-double.js';

/** Moments of the last `windowBars` values pushed. */
export class RollingMoments {
  private readonly windowBars: number;
  /** [windowBars] the present block up to `at`, behind it what is left of the block before. */
  private readonly block: Float64Array;
  /** [4 × (windowBars + 1)] at 4i: sum and sum of squares (two doubles each) of the block before, from its place i on. */
  private readonly suffix: Float64Array;
  private readonly prefixSum = new DoubleDouble();
  private readonly prefixSquares = new DoubleDouble();
  private readonly sum = new DoubleDouble();
  private readonly squares = new DoubleDouble();
  private readonly spread = new DoubleDouble();
  private at = 0;
  private newest = Number.NaN;
  private equalRun = 0;

  /** @param windowBars 2 or more */
  constructor(windowBars: number) {
    this.windowBars = windowBars;
    this.block = new Float64Array(windowBars).fill(Number.NaN);
    this.suffix = new Float64Array(4 * (windowBars + 1));
  }

  /** Takes the next value; an infinite one counts as missing. */
  push(value: number): void {
    if (this.at === 0) this.beginBlock();
    this.block[this.at] = value;
    this.at = this.at + 1 === this.windowBars ? 0 : this.at + 1;
    this.equalRun = value === this.newest ? this.equalRun + 1 : 1;
    this.newest = value;
    this.prefixSum.add(value);
    this.prefixSquares.addProduct(value, value);
    const from = 4 * (this.at === 0 ? this.windowBars : this.at);
    this.sum.set(this.suffix[from], this.suffix[from + 1]);
    this.sum.addPair(this.prefixSum.high, this.prefixSum.low);
    this.squares.set(this.suffix[from + 2], this.suffix[from + 3]);
    this.squares.addPair(this.prefixSquares.high, this.prefixSquares.low);
  }

  /** NaN while the window is not full or holds a missing value. */
  mean(): number {
    return this.sum.dividedBy(this.windowBars);
  }

  /** Sample standard deviation (divisor n - 1), exactly 0 when all values are equal. NaN like the mean. */
  deviation(): number {
    const n = this.windowBars;
    if (this.equalRun >= n && Number.isFinite(this.newest)) return 0;
    const { sum, squares, spread } = this;
    // (n Σx² - (Σx)²) / (n (n - 1)); the sum's low part squared is below the last bit of the pair
    spread.set(0, 0);
    spread.addProduct(squares.high, n);
    spread.add(squares.low * n);
    spread.addProduct(-sum.high, sum.high);
    spread.addProduct(-2 * sum.high, sum.low);
    return Math.sqrt(Math.max(0, spread.high) / (n * (n - 1)));
  }

  /** The present block is full: keeps its sums from each place to its end, and begins the next. */
  private beginBlock(): void {
    const { suffix, sum, squares } = this;
    sum.set(0, 0);
    squares.set(0, 0);
    for (let i = this.windowBars - 1; i >= 0; i -= 1) {
      const value = this.block[i];
      sum.add(value);
      squares.addProduct(value, value);
      suffix[4 * i] = sum.high;
      suffix[4 * i + 1] = sum.low;
      suffix[4 * i + 2] = squares.high;
      suffix[4 * i + 3] = squares.low;
    }
    this.prefixSum.set(0, 0);
    this.prefixSquares.set(0, 0);
  }
}
