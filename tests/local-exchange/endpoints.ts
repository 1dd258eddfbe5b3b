// The paths that the exchange serves, with their weights.
import { type Answer, jsonAnswer } from './answer.js';
import { exchangeInfoAnswer } from './exchange-info-answer.js';
import { klinesAnswer, klinesWeight } from './klines-answer.js';
import type { Markets } from './markets.js';
import type { Venue } from './options.js';

export interface EndpointRequest {
  readonly query: URLSearchParams;
  readonly unit: 'ms' | 'us';
  readonly nowMs: number;
  readonly pageLimit: number;
  readonly weightLimit: number;
}

export interface Endpoint {
  readonly venue: Venue;
  weight(query: URLSearchParams): number;
  answer(markets: Markets, request: EndpointRequest): Answer;
}

const time = (venue: Venue): Endpoint => ({ venue, weight: () => 1, answer: (_, { nowMs, unit }) => jsonAnswer(200, `{"serverTime":${unit === 'us' ? `${nowMs}000` : nowMs}}`) });
const ping = (venue: Venue): Endpoint => ({ venue, weight: () => 1, answer: () => jsonAnswer(200, '{}') });
const exchangeInfo = (venue: Venue, weight: number): Endpoint => ({ venue, weight: () => weight, answer: (markets, request) => exchangeInfoAnswer(markets, { ...request, venue }) });
const klines = (venue: Venue): Endpoint => ({ venue, weight: (query) => klinesWeight(venue, query), answer: (markets, request) => klinesAnswer(markets, { ...request, venue }) });

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/api/v3/ping': ping('spot'),
  '/api/v3/time': time('spot'),
  '/api/v3/exchangeInfo': exchangeInfo('spot', 20),
  '/api/v3/klines': klines('spot'),
  '/api/v3/uiKlines': klines('spot'),
  '/fapi/v1/ping': ping('usdm'),
  '/fapi/v1/time': time('usdm'),
  '/fapi/v1/exchangeInfo': exchangeInfo('usdm', 1),
  '/fapi/v1/klines': klines('usdm'),
};

/** Whose words an answer at this path is in. */
export function placeOf(path: string): Venue | 'dumps' {
  if (path.startsWith('/data/')) return 'dumps';
  return path.startsWith('/fapi/') ? 'usdm' : 'spot';
}
