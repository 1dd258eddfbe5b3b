// Numbers as the exchange prints them: a fixed count of decimals, never an exponent.

const ZEROS = '0'.repeat(20);

/** `decimalText(42283.58, 8)` is `42283.58000000`. Reading it back gives the same double when the value has no more decimals. */
export function decimalText(value: number, decimals: number): string {
  // Numbers that print short are padded: faster than toFixed, and answers hold them by the thousand.
  if ((value >= 1e-6 && value < 1e15) || value === 0) {
    const shortest = String(value);
    const point = shortest.indexOf('.');
    if (point < 0) return decimals === 0 ? shortest : `${shortest}.${ZEROS.slice(0, decimals)}`;
    const missing = decimals - (shortest.length - point - 1);
    if (missing === 0) return shortest;
    if (missing > 0) return shortest + ZEROS.slice(0, missing);
  }
  return value.toFixed(decimals);
}
