// A number as the unevaluated sum of two doubles, 106 bits: for sums that must not lose what they are made of.
// Error-free sum by Knuth (TAOCP 2, 4.2.2), product by Dekker 1971, "A floating-point technique for extending the
// available precision"; sum of pairs after Joldes, Muller and Popescu 2017, algorithm 6.

const SPLITTER = 134217729; // 2^27 + 1 cuts a double into two halves of 26 bits

/** high + low, where high is the value rounded to a double. Changed in place: hot loops make no objects. */
export class DoubleDouble {
  high = 0;
  low = 0;

  set(high: number, low: number): void {
    this.high = high;
    this.low = low;
  }

  /** Adds a double. */
  add(x: number): void {
    this.addPair(x, 0);
  }

  /** Adds high + low, another pair; within 2^-104 of exact when the signs are equal. */
  addPair(high: number, low: number): void {
    const sum = this.high + high;
    const part = sum - this.high;
    const error = this.high - (sum - part) + (high - part);
    const lowSum = this.low + low;
    const lowPart = lowSum - this.low;
    const lowError = this.low - (lowSum - lowPart) + (low - lowPart);
    const carried = error + lowSum;
    const top = sum + carried;
    const rest = lowError + (carried - (top - sum));
    this.high = top + rest;
    this.low = rest - (this.high - top);
  }

  /** Adds a × b, the product exact when it is below 1e290 and, unless zero, above 1e-290. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    this.addPair(product, productError(a, b, product));
  }

  /** The value divided by a small integer, rounded to a double. */
  dividedBy(divisor: number): number {
    const quotient = this.high / divisor;
    const product = quotient * divisor;
    const remainder = this.high - product - productError(quotient, divisor, product) + this.low;
    return quotient + remainder / divisor;
  }
}

/** a × b - product, exactly, where `product` is a × b rounded. */
function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aTop = aScaled - (aScaled - a);
  const aRest = a - aTop;
  const bScaled = SPLITTER * b;
  const bTop = bScaled - (bScaled - b);
  const bRest = b - bTop;
  return aTop * bTop - product + aTop * bRest + aRest * bTop + aRest * bRest;
}
