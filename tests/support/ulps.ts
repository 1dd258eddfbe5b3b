// For tests: how many representable doubles lie between two numbers.

/** Distance in units of the last place; 0 for equal numbers, infinite numbers included. */
export function ulpsApart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  return Number(ordinal(a) > ordinal(b) ? ordinal(a) - ordinal(b) : ordinal(b) - ordinal(a));
}

function ordinal(x: number): bigint {
  const bits = new BigInt64Array(new Float64Array([x]).buffer)[0] as bigint;
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}
