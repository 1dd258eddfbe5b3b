// What a market may be called: names end up in paths and tables.

// Quarterly futures are named BTCUSDT_260327.
const SYMBOL = /^[A-Z0-9]{2,30}(_\d{6})?$/;

/** True for capital letters and digits, such as `BTCUSDT`, and for quarterly futures such as `BTCUSDT_260327`. */
export function isMarketSymbol(symbol: string): boolean {
  return SYMBOL.test(symbol);
}
