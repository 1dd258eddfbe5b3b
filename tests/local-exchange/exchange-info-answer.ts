// GET /api/v3/exchangeInfo and /fapi/v1/exchangeInfo: limits and symbols, with the fields that the exchange's own answers have.
import { type Answer, jsonAnswer } from './answer.js';
import { LEGAL, refusals } from './exchange-errors.js';
import type { ListedSymbol, Markets } from './markets.js';
import type { Venue } from './options.js';

const QUOTE_ASSETS = ['USDT', 'USDC', 'FDUSD', 'TUSD', 'BUSD', 'BTC', 'ETH', 'BNB', 'EUR', 'TRY'];

export interface ExchangeInfoRequest {
  readonly venue: Venue;
  readonly query: URLSearchParams;
  readonly nowMs: number;
  readonly weightLimit: number;
}

export function exchangeInfoAnswer(markets: Markets, request: ExchangeInfoRequest): Answer {
  const { venue, query, nowMs, weightLimit } = request;
  const all = markets.symbols(venue);
  const weight = { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightLimit };
  if (venue === 'usdm') {
    // The futures' exchangeInfo takes no parameters: it always lists everything.
    const rateLimits = [weight, { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 }, { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 }];
    const assets = [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }];
    return jsonAnswer(200, JSON.stringify({ timezone: 'UTC', serverTime: nowMs, futuresType: 'U_MARGINED', rateLimits, exchangeFilters: [], assets, symbols: all.map(futuresSymbol) }));
  }
  const wanted = wantedSymbols(query);
  if (wanted !== undefined && 'status' in wanted) return wanted;
  if (wanted?.names.some((name) => !markets.hasSymbol(venue, name))) return refusals.invalidSymbol();
  const listed = wanted === undefined ? all : all.filter(({ symbol }) => wanted.names.includes(symbol));
  const rateLimits = [
    weight,
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 100 },
    { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 200_000 },
    { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 300_000 },
  ];
  return jsonAnswer(200, JSON.stringify({ timezone: 'UTC', serverTime: nowMs, rateLimits, exchangeFilters: [], symbols: listed.map(spotSymbol) }));
}

function wantedSymbols(query: URLSearchParams): { readonly names: readonly string[] } | Answer | undefined {
  const one = query.get('symbol');
  const many = query.get('symbols');
  if (one !== null && many !== null) return refusals.badCombination();
  if (one !== null) {
    if (one === '') return refusals.empty('symbol');
    return LEGAL.symbol.pattern.test(one) ? { names: [one] } : refusals.illegalCharacters('symbol', LEGAL.symbol.words);
  }
  if (many === null) return undefined;
  if (many === '') return refusals.empty('symbols');
  if (!LEGAL.symbols.pattern.test(many)) return refusals.illegalCharacters('symbols', LEGAL.symbols.words);
  return { names: JSON.parse(many) as string[] };
}

/** `BTCUSDT` is BTC in USDT. Quarterly futures have a date behind. */
function assetsOf(symbol: string): { readonly base: string; readonly quote: string } {
  const pair = symbol.replace(/_\d{6}$/, '');
  const quote = QUOTE_ASSETS.find((asset) => pair.endsWith(asset) && pair.length > asset.length) ?? pair.slice(-3);
  return { base: pair.slice(0, -quote.length), quote };
}

function spotSymbol({ symbol, status }: ListedSymbol): object {
  const { base, quote } = assetsOf(symbol);
  const isTrading = status === 'TRADING';
  return {
    symbol,
    status,
    baseAsset: base,
    baseAssetPrecision: 8,
    quoteAsset: quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'],
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: isTrading,
    isMarginTradingAllowed: isTrading,
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: '0.01000000', maxPrice: '1000000.00000000', tickSize: '0.01000000' },
      { filterType: 'LOT_SIZE', minQty: '0.00001000', maxQty: '9000.00000000', stepSize: '0.00001000' },
      { filterType: 'ICEBERG_PARTS', limit: 10 },
      { filterType: 'MAX_NUM_ORDERS', maxNumOrders: 200 },
    ],
    permissions: [],
    permissionSets: [['SPOT', 'MARGIN']],
    defaultSelfTradePreventionMode: 'EXPIRE_MAKER',
    allowedSelfTradePreventionModes: ['EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH', 'DECREMENT'],
  };
}

function futuresSymbol({ symbol, status, decimals, onboardMs }: ListedSymbol): object {
  const { base, quote } = assetsOf(symbol);
  const step = (places: number): string => (places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`);
  return {
    symbol,
    pair: symbol.replace(/_\d{6}$/, ''),
    contractType: symbol.includes('_') ? 'CURRENT_QUARTER' : 'PERPETUAL',
    deliveryDate: 4_133_404_800_000,
    onboardDate: onboardMs,
    status,
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: base,
    quoteAsset: quote,
    marginAsset: quote,
    pricePrecision: decimals.price,
    quantityPrecision: decimals.quantity,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    settlePlan: 0,
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: step(decimals.price), maxPrice: '4529764', tickSize: step(decimals.price) },
      { filterType: 'LOT_SIZE', stepSize: step(decimals.quantity), maxQty: '1000', minQty: step(decimals.quantity) },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  };
}
