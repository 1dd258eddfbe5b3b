// Coordinates in pictures: short, and the same text on every platform.

/** At most two decimals, without trailing zeros or minus zero. */
export function svgNumber(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '').replace(/^-0$/, '0');
}

/** A place between `low` (0 %) and `high` (100 %), held inside. */
export function svgPlace(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return `${svgNumber(100 * Math.min(1, Math.max(0, share)))}%`;
}
