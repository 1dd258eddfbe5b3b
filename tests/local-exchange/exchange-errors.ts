// Refusals in the exchange's own words. Sources: Binance spot API, errors.md; bodies that public repositories quote as received.
import { type Answer, jsonAnswer } from './answer.js';
import type { Venue } from './options.js';
import type { Verdict } from './weights.js';

const refusal = (code: number, msg: string): Answer => jsonAnswer(400, JSON.stringify({ code, msg }));

/** `^[\w\-._&&[^a-z]]{1,50}$` is Java's way to say: word characters, but no small letters. */
export const LEGAL = {
  symbol: { words: '^[\\w\\-._&&[^a-z]]{1,50}$', pattern: /^[A-Z0-9_\-.]{1,50}$/ },
  symbols: {
    words: '^\\[("[\\w\\-._&&[^a-z]]{1,50}"(,"[\\w\\-._&&[^a-z]]{1,50}"){0,}){0,1}\\]$',
    pattern: /^\[("[A-Z0-9_\-.]{1,50}"(,"[A-Z0-9_\-.]{1,50}")*)?\]$/,
  },
  interval: { words: '^[a-zA-Z_0-9]{1,36}$', pattern: /^[a-zA-Z_0-9]{1,36}$/ },
  number: { words: '^[0-9]{1,20}$', pattern: /^[0-9]{1,20}$/ },
} as const;

export const refusals = {
  illegalCharacters: (parameter: string, legal: string): Answer => refusal(-1100, `Illegal characters found in parameter '${parameter}'; legal range is '${legal}'.`),
  duplicateParameter: (): Answer => refusal(-1101, 'Duplicate values for a parameter detected.'),
  missing: (parameter: string): Answer => refusal(-1102, `Mandatory parameter '${parameter}' was not sent, was empty/null, or malformed.`),
  unreadParameters: (read: number, sent: number): Answer => refusal(-1104, `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${sent}'.`),
  empty: (parameter: string): Answer => refusal(-1105, `Parameter '${parameter}' was empty.`),
  invalidInterval: (): Answer => refusal(-1120, 'Invalid interval.'),
  invalidSymbol: (): Answer => refusal(-1121, 'Invalid symbol.'),
  badCombination: (): Answer => refusal(-1128, 'Combination of optional parameters invalid.'),
  invalidValue: (parameter: string): Answer => refusal(-1130, `Data sent for parameter '${parameter}' is not valid.`),
  startAfterEnd: (): Answer => refusal(-1023, 'Start time is greater than end time.'),
} as const;

/** 429 and 418 of a venue, with the seconds to wait in Retry-After. */
export function limitAnswer(venue: Venue, verdict: Exclude<Verdict, { kind: 'served' }>, limit: number): Answer {
  const banned = verdict.kind === 'banned';
  return jsonAnswer(banned ? 418 : 429, JSON.stringify({ code: -1003, msg: banned ? banText(venue, verdict.untilMs) : limitText(venue, limit) }), { 'Retry-After': String(verdict.retryAfterSeconds) });
}

function limitText(venue: Venue, limit: number): string {
  if (venue === 'usdm') return `Too many requests; current limit of IP(127.0.0.1) is ${limit} requests per minute. Please use the websocket for live updates to avoid polling the API.`;
  return `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`;
}

function banText(venue: Venue, untilMs: number): string {
  if (venue === 'usdm') return `Way too many requests; IP(127.0.0.1) banned until ${untilMs}. Please use the websocket for live updates to avoid bans.`;
  return `Way too much request weight used; IP banned until ${untilMs}. Please use WebSocket Streams for live updates to avoid bans.`;
}
