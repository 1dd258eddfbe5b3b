// The natural logarithm with the same bits in every engine: Math.log may differ between engines and versions.
// After fdlibm's e_log.c (https://www.netlib.org/fdlibm/e_log.c); error below 1 ulp.
/*!
 * The algorithm and constants of `log` are from fdlibm:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 6.93147180369123816490e-1; // ln 2 in 33 bits, so that k * LN2_HIGH is exact
const LN2_LOW = 1.90821492927058770002e-10; // the rest of ln 2
const TWO_TO_54 = 18014398509481984;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
// Remez polynomial of (log(1 + s) - log(1 - s) - 2 s) / s on [0, 0.1716], in even powers of s
const L1 = 6.666666666666735130e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const HIGH_WORD = isLittleEndian ? 1 : 0;

/** The natural logarithm of x, within 1 ulp; log(0) is -Infinity, log of a negative number or NaN is NaN. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < SMALLEST_NORMAL) {
    k = -54;
    x *= TWO_TO_54;
  }
  // x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2), by surgery on the exponent bits
  double[0] = x;
  const highWord = words[HIGH_WORD] as number;
  const mantissa = highWord & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000; // set when the mantissa is above sqrt(2)
  k += (highWord >>> 20) - 1023 + (carry >>> 20);
  words[HIGH_WORD] = mantissa | (carry ^ 0x3ff00000);
  const f = (double[0] as number) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const rest = odd + even;
  // two forms, each the more exact one for its range of f
  const i = mantissa - 0x6147a;
  const j = 0x6b851 - mantissa;
  if ((i | j) > 0) {
    const half = 0.5 * f * f;
    return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
  }
  return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}
