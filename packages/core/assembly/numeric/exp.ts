// packages/core/src/numeric/exp.ts for two numbers at once, neither above 0: the same bits. After fdlibm's e_exp.c.

const INVERSE_LN2: f64 = 1.44269504088896338700;
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const UNDERFLOW: f64 = -7.45133219101941108420e2;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.65339022054652515390e-6;
const P5: f64 = 4.13813679705723846039e-8;

/** 2^52: adding it to a whole number puts that number into the low bits. */
const TWO_TO_52: f64 = 4503599627370496.0;
/** The result may be subnormal: it is scaled in two steps, as in TypeScript. */
const FIRST_STEP: f64 = 1000.0;
const BIAS: f64 = 1023.0;
const TWO_TO_MINUS_1000: f64 = 9.332636185032189e-302;

@inline
export function expOfTwo(x: v128): v128 {
  const k = f64x2.trunc(f64x2.sub(f64x2.mul(f64x2.splat(INVERSE_LN2), x), f64x2.splat(0.5)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.splat(P4), f64x2.mul(t, f64x2.splat(P5)));
  p = f64x2.add(f64x2.splat(P3), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(P2), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(P1), f64x2.mul(t, p));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const biased = f64x2.add(k, f64x2.splat(FIRST_STEP + BIAS + TWO_TO_52));
  const scaled = f64x2.mul(f64x2.mul(y, i64x2.shl(biased, 52)), f64x2.splat(TWO_TO_MINUS_1000));
  return v128.and(scaled, f64x2.ge(x, f64x2.splat(UNDERFLOW)));
}
