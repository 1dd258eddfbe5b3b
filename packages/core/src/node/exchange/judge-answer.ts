// What an answer of the exchange means: a value, a pause, a refusal, or a failure that may pass.
// Source: Binance spot API, rest-api.md, "HTTP Return Codes" and "IP Limits"; errors.md.
import { z } from 'zod';
import type { ForecastLabError } from '../../errors.js';
import type { HttpAnswer } from '../http/http-client.js';
import { readRetryAfterMs } from '../http/retry-after.js';
import { NOT_JSON, OTHER_FORM, REFUSED_ADDRESS, REFUSED_LOCATION, refusedRequest } from './exchange-errors.js';

const DEFAULT_PAUSE_MS = 60_000;
const SHORTEST_BAN_MS = 120_000;
const LONGEST_BAN_MS = 3 * 24 * 3_600_000;
// Unknown error, disconnected, unexpected response, time-out, overloaded, shutting down.
const PASSING_CODES: ReadonlySet<number> = new Set([-1000, -1001, -1006, -1007, -1008, -1016]);

export type Judgement<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'final'; readonly error: ForecastLabError }
  /** Not by this host. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly cause?: unknown }
  /** Too many requests: nobody asks for this long. */
  | { readonly kind: 'pause'; readonly forMs: number }
  /** Too many requests after that. */
  | { readonly kind: 'banned'; readonly forMs: number };

const errorBody = z.object({ code: z.number(), msg: z.string() });

export function judgeAnswer<Value>(
  answer: HttpAnswer,
  options: {
    /** What was asked, for messages. */
    readonly url: string;
    /** What the answer must be. */
    readonly schema: z.ZodType<Value>;
    readonly nowMs: number;
  },
): Judgement<Value> {
  const { url, schema, nowMs } = options;
  const { status } = answer;
  const text = new TextDecoder().decode(answer.body);
  if (status === 429) return { kind: 'pause', forMs: readWaitMs(answer, nowMs) ?? DEFAULT_PAUSE_MS };
  if (status === 418) return { kind: 'banned', forMs: readWaitMs(answer, nowMs) ?? bannedForMs(text, nowMs) ?? SHORTEST_BAN_MS };
  if (status === 451) return { kind: 'refused', reason: REFUSED_LOCATION };
  if (status === 403) return { kind: 'refused', reason: REFUSED_ADDRESS };
  if (status >= 500 || status === 408) return { kind: 'failed', reason: `status ${status}` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    if (status === 200) return { kind: 'failed', reason: NOT_JSON, cause };
  }
  if (status !== 200) {
    const said = errorBody.safeParse(json);
    if (!said.success) return { kind: 'final', error: refusedRequest(url, { status, code: undefined, message: firstWords(text) }) };
    const { code, msg } = said.data;
    if (PASSING_CODES.has(code)) return { kind: 'failed', reason: `${code}: ${msg}` };
    return { kind: 'final', error: refusedRequest(url, { status, code, message: msg }) };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'value', value: parsed.data };
  const issue = parsed.error.issues[0];
  return { kind: 'failed', reason: `${OTHER_FORM}: ${issue?.path.join('.') || 'all of it'}: ${issue?.message ?? 'invalid'}`, cause: parsed.error };
}

/** Of a page for people, what they would read. */
function firstWords(text: string): string {
  const plain = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  return plain === '' ? 'an empty answer' : plain.slice(0, 100);
}

/** All that programs at this address have used in this minute. */
export function readUse(answer: HttpAnswer): number | undefined {
  const text = answer.headers['x-mbx-used-weight-1m'] ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** What Retry-After says, unless it makes no sense: asking at once is what leads to a ban, and the longest ban is three days. */
function readWaitMs(answer: HttpAnswer, nowMs: number): number | undefined {
  return sensible(readRetryAfterMs(answer.headers['retry-after'], { nowMs }));
}

/** "IP banned until 1785050129644." */
function bannedForMs(text: string, nowMs: number): number | undefined {
  return sensible(Number(/banned until (\d{13})\b/.exec(text)?.[1] ?? 0) - nowMs);
}

function sensible(ms: number | undefined): number | undefined {
  return ms !== undefined && ms > 0 && ms <= LONGEST_BAN_MS ? ms : undefined;
}
