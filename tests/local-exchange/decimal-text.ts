// Numbers as the exchange prints them: a fixed count of decimals, never an exponent.

/** `decimalText(42283.58, 8)` is `42283.58000000`. Reading it back gives the same double when the value has no more decimals. */
export function decimalText(value: number, decimals: number): string {
  const shortest = String(value);
  const point = shortest.indexOf('.');
  // Short numbers are padded: faster than toFixed, which answers show by the thousand.
  if (!shortest.includes('e')) {
    if (point < 0) return decimals === 0 ? shortest : `${shortest}.${'0'.repeat(decimals)}`;
    const missing = decimals - (shortest.length - point - 1);
    if (missing >= 0) return shortest + '0'.repeat(missing);
  }
  return value.toFixed(decimals);
}
