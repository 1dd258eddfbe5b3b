// The exponential function with the same bits in every engine: Math.exp may differ between engines and versions.
// After fdlibm's e_exp.c (https://www.netlib.org/fdlibm/e_exp.c); error below 1 ulp.
/*!
 * The algorithm and constants of `exp` are from fdlibm:
 * Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 6.93147180369123816490e-1; // ln 2 in 33 bits, so that k * LN2_HIGH is exact for every k we meet
const LN2_LOW = 1.90821492927058770002e-10; // the rest of ln 2
const INVERSE_LN2 = 1.44269504088896338700;
const OVERFLOW = 7.09782712893383973096e2; // above it the result exceeds the largest double
const UNDERFLOW = -7.45133219101941108420e2; // below it the result is under half the smallest double
// Remez polynomial of r * (exp(r) + 1) / (exp(r) - 1) on [0, ln2 / 2]
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.65339022054652515390e-6;
const P5 = 4.13813679705723846039e-8;

const SMALLEST_EXPONENT = -1022;
const POWERS_OF_TWO = powersOfTwo();

/** e to the power x, within 1 ulp; exp(0) is 1, exp(-Infinity) is 0, exp(NaN) is NaN. */
export function exp(x: number): number {
  if (!(x <= OVERFLOW)) return x !== x ? Number.NaN : Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  // x = k ln 2 + r with |r| <= ln2 / 2, and r = high - low
  const k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k < SMALLEST_EXPONENT + 1) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000); // the result may be subnormal
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - SMALLEST_EXPONENT] as number;
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1023 - SMALLEST_EXPONENT + 1);
  powers[-SMALLEST_EXPONENT] = 1;
  for (let k = 1; k <= 1023; k += 1) powers[k - SMALLEST_EXPONENT] = (powers[k - 1 - SMALLEST_EXPONENT] as number) * 2;
  for (let k = -1; k >= SMALLEST_EXPONENT; k -= 1) powers[k - SMALLEST_EXPONENT] = (powers[k + 1 - SMALLEST_EXPONENT] as number) / 2;
  return powers;
}
