// Do the symbols exist? Asked before any bar, so that a slip in one name is told at once and with the name that was meant.
import { ForecastLabError } from '../../errors.js';
import type { Asker } from './ask-exchange.js';
import type { SymbolFacts } from './exchange.js';
import { isBadSymbol } from './exchange-errors.js';
import { exchangeInfo, type ExchangeInfo, exchangeInfoMaxBytes } from './exchange-info.js';
import { nearSymbols } from './near-symbols.js';
import type { VenueFacts } from './venue.js';

// More names make a longer address than every server on the way takes.
const MAX_NAMED = 100;
const SYMBOL = /^[A-Z0-9_]{1,50}$/;

export async function checkSymbols(
  asker: Asker,
  symbols: readonly string[],
  options: {
    readonly facts: VenueFacts;
    /** Told every description of the exchange that comes by. */
    readonly onInfo: (info: ExchangeInfo) => void;
  },
): Promise<Map<string, SymbolFacts | ForecastLabError>> {
  const wanted = [...new Set(symbols)];
  if (wanted.length === 0) return new Map();
  const named = options.facts.takesSymbols && wanted.length <= MAX_NAMED && wanted.every((symbol) => SYMBOL.test(symbol)) ? await askNamed() : undefined;
  const known = new Map((named ?? (await askInfo({}, undefined))).map((facts) => [facts.symbol, facts]));
  return new Map(wanted.map((symbol) => [symbol, known.get(symbol) ?? noSuchSymbol(symbol, known.values(), options.facts)]));

  async function askInfo(query: Record<string, string>, named: number | undefined): Promise<readonly SymbolFacts[]> {
    const { value } = await asker.ask({ path: '/exchangeInfo', query, weight: options.facts.symbolsWeight, schema: exchangeInfo, maxBytes: exchangeInfoMaxBytes(named) });
    options.onInfo(value);
    return value.symbols;
  }

  /** Undefined when one of them does not exist: the exchange does not say which. */
  async function askNamed(): Promise<readonly SymbolFacts[] | undefined> {
    try {
      const found = await askInfo(wanted.length === 1 ? { symbol: wanted[0] } : { symbols: JSON.stringify(wanted) }, wanted.length);
      return wanted.every((symbol) => found.some((facts) => facts.symbol === symbol)) ? found : undefined;
    } catch (error) {
      if (isBadSymbol(error)) return undefined;
      throw error;
    }
  }
}

function noSuchSymbol(symbol: string, known: Iterable<SymbolFacts>, facts: VenueFacts): ForecastLabError {
  const near = nearSymbols(symbol, known);
  return new ForecastLabError('BAD_OPTION', `${facts.title} knows no symbol ${JSON.stringify(symbol)}.`, {
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Symbols are written like BTCUSDT: base asset, then quote asset, capital letters, nothing between.',
    details: { symbol, near },
  });
}
