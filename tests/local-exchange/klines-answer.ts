// GET /api/v3/klines, /api/v3/uiKlines and /fapi/v1/klines. Source: Binance spot API, "Kline/Candlestick data"; USD-M futures, the same.
import { INTERVALS } from '../../packages/core/src/klines/interval.js';
import { type Answer, jsonAnswer } from './answer.js';
import { barJson, barsBefore } from './bar.js';
import { LEGAL, refusals } from './exchange-errors.js';
import type { Markets } from './markets.js';
import type { Venue } from './options.js';

const DEFAULT_LIMIT = 500;
/** Most rows of an answer. Spot gives as many when more are asked for; usdm refuses. */
export const PAGE_LIMITS: Readonly<Record<Venue, number>> = { spot: 1000, usdm: 1500 };
const NUMBERS = ['limit', 'startTime', 'endTime'];
const PARAMETERS = ['symbol', 'interval', ...NUMBERS];
// Times past 1e14 are microseconds.
const MICROSECONDS_FROM = 1e14;

export interface KlinesRequest {
  readonly venue: Venue;
  readonly query: URLSearchParams;
  readonly unit: 'ms' | 'us';
  readonly nowMs: number;
  readonly pageLimit: number;
}

/** Weight by rows asked for, before anything is looked up. */
export function klinesWeight(venue: Venue, query: URLSearchParams): number {
  if (venue === 'spot') return 2;
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1000 ? 5 : 10;
}

export function klinesAnswer(markets: Markets, request: KlinesRequest): Answer {
  const { venue, query, nowMs, pageLimit } = request;
  const wrong = checkParameters(venue, query);
  if (wrong !== undefined) return wrong;
  const symbol = query.get('symbol') as string;
  const interval = query.get('interval') as string;
  if (!markets.hasSymbol(venue, symbol)) return refusals.invalidSymbol();
  // Seconds are spot's alone; `1mo` is a name of the dumps.
  if (!INTERVALS.some(({ name }) => name === interval) || (venue === 'usdm' && interval === '1s')) return refusals.invalidInterval();
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (limit === 0 || (venue === 'usdm' && limit > PAGE_LIMITS.usdm)) return refusals.invalidValue('limit');
  const startMs = timeOf(query, 'startTime', Math.ceil);
  const endMs = timeOf(query, 'endTime', Math.floor);
  if (venue === 'usdm' && startMs !== undefined && endMs !== undefined && startMs > endMs) return refusals.startAfterEnd();

  const bars = markets.bars(venue, symbol, interval, { nowMs, place: 'rest' });
  if (bars === undefined) return jsonAnswer(200, '[]');
  const most = Math.min(limit, pageLimit);
  let from = startMs === undefined ? 0 : barsBefore(bars, startMs);
  let to = endMs === undefined ? bars.count : barsBefore(bars, endMs + 1);
  // With a start the oldest bars of the span, without one the newest; oldest first in any case.
  if (startMs === undefined) from = Math.max(from, to - most);
  else to = Math.min(to, from + most);
  const rows: string[] = [];
  for (let row = from; row < to; row += 1) rows.push(barJson(bars.bar(row), request.unit));
  return jsonAnswer(200, `[${rows.join(',')}]`);
}

function checkParameters(venue: Venue, query: URLSearchParams): Answer | undefined {
  const sent = [...query.keys()];
  if (new Set(sent).size < sent.length) return refusals.duplicateParameter();
  for (const name of ['symbol', 'interval'] as const) {
    const value = query.get(name);
    if (value === null) return refusals.missing(name);
    if (value === '') return refusals.empty(name);
    if (!LEGAL[name].pattern.test(value)) return refusals.illegalCharacters(name, LEGAL[name].words);
  }
  for (const name of NUMBERS) {
    const value = query.get(name);
    if (value === '') return refusals.empty(name);
    if (value !== null && !LEGAL.number.pattern.test(value)) return refusals.illegalCharacters(name, LEGAL.number.words);
  }
  const known = venue === 'spot' ? [...PARAMETERS, 'timeZone'] : PARAMETERS;
  const read = sent.filter((name) => known.includes(name)).length;
  // The futures' server ignores what it does not know.
  if (venue === 'spot' && read < sent.length) return refusals.unreadParameters(read, sent.length);
  return undefined;
}

function timeOf(query: URLSearchParams, name: string, round: (value: number) => number): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  return Number(value) >= MICROSECONDS_FROM ? round(Number(value) / 1000) : Number(value);
}
