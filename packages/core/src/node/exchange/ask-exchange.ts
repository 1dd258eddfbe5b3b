// One question to the exchange, asked until there is an answer: hosts in order, retries with jitter, and obedience to its rate limits.
// Limits count by address and not by host, so that no host is changed because of them.
// Source: Binance spot API, rest-api.md, "HTTP Return Codes" and "IP Limits".
import type { z } from 'zod';
import { ForecastLabError } from '../../errors.js';
import { describeFailure } from '../http/describe-failure.js';
import { HttpFailure } from '../http/http-client.js';
import { retryDelayMs } from '../http/retry.js';
import type { ExchangeOptions } from './exchange.js';
import { nobodyAnswered } from './exchange-errors.js';
import { createHostList } from './host-list.js';
import { judgeAnswer, type Judgement, readUse } from './judge-answer.js';
import type { RateGate, Ticket } from './rate-gate.js';
import type { VenueFacts } from './venue.js';

// The exchange itself gives up after ten seconds.
const TIMEOUT_MS = 12_000;
const MAX_FAILURES = 5;
const MAX_PAUSES = 5;
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

export interface Question<Value> {
  /** After the venue's path: `/klines`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number>>;
  readonly weight: number;
  /** What the answer must be; another one is asked for again. */
  readonly schema: z.ZodType<Value>;
  /** Default: 4 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ExchangeAnswer<Value> {
  readonly value: Value;
  readonly host: string;
  /** When the request that was answered went out and when its answer was there, in monotonic ms. */
  readonly sentMs: number;
  readonly receivedMs: number;
}

export interface Asker {
  ask<Value>(question: Question<Value>): Promise<ExchangeAnswer<Value>>;
  /** Sent so far. */
  counts(): { readonly requests: number; readonly weight: number };
}

export interface AskerOptions extends Pick<ExchangeOptions, 'http' | 'nowMs' | 'sleep' | 'random' | 'log' | 'signal'> {
  readonly baseUrls: readonly string[];
  readonly facts: VenueFacts;
  readonly gate: RateGate;
  readonly monotonicMs: () => number;
  /** Asks for the limit of weight; called while a request waits, with a question that may pass it. */
  readonly learnLimit: (ask: Asker['ask'], query: Question<unknown>['query']) => Promise<void>;
}

export function createAsker(options: AskerOptions): Asker {
  const { http, gate, facts, sleep, monotonicMs } = options;
  const hosts = createHostList(options.baseUrls);
  const maxFailures = Math.max(MAX_FAILURES, hosts.all.length);
  const refusals = new Map<string, string>();
  let requests = 0;
  let weight = 0;

  /** One request, and what its answer means. */
  async function send<Value>(host: string, question: Question<Value>, { signal, ticket }: { readonly signal: AbortSignal | undefined; readonly ticket: Ticket }): Promise<{ judged: Judgement<Value>; sentMs: number; receivedMs: number }> {
    const { query, schema, maxBytes = DEFAULT_MAX_BYTES } = question;
    const url = `${host}${facts.path}${question.path}${queryText(query)}`;
    requests += 1;
    weight += question.weight;
    const sentMs = monotonicMs();
    try {
      const answer = await http.get({ url, timeoutMs: TIMEOUT_MS, maxBytes, ...(signal === undefined ? {} : { signal }) });
      const receivedMs = monotonicMs();
      ticket.settle(readUse(answer));
      return { judged: judgeAnswer(answer, { url, schema, nowMs: options.nowMs() }), sentMs, receivedMs };
    } catch (error) {
      ticket.settle();
      if (!(error instanceof HttpFailure)) throw error;
      return { judged: { kind: 'failed', reason: describeFailure(error.kind), cause: error }, sentMs, receivedMs: monotonicMs() };
    }
  }

  async function ask<Value>(question: Question<Value>, isAside = false): Promise<ExchangeAnswer<Value>> {
    const signal = anyOf(options.signal, question.signal);
    const reasons = new Map<string, string>();
    const enter = (): Promise<Ticket> =>
      isAside ? gate.enterAside(question.weight, signal) : gate.enter(question.weight, { signal, learnLimit: () => options.learnLimit((aside) => ask(aside, true), question.query) });
    let failures = 0;
    let pauses = 0;
    for (;;) {
      const ticket = await enter();
      const host = hosts.current();
      if (host === undefined) {
        ticket.settle();
        throw nobodyAnswered(facts.title, refusals);
      }
      const { judged, ...times } = await send(host, question, { signal, ticket });
      switch (judged.kind) {
        case 'value':
          return { value: judged.value, host: new URL(host).host, ...times };
        case 'final':
          throw judged.error;
        case 'refused':
          for (const known of [refusals, reasons]) known.set(host, judged.reason);
          hosts.strike(host);
          options.log?.(`${host}: ${judged.reason}`);
          break;
        case 'pause': {
          pauses += 1;
          gate.pause(judged.forMs);
          if (pauses > MAX_PAUSES) throw stillTooMany(host, options.nowMs() + judged.forMs);
          break;
        }
        case 'banned': {
          pauses += 1;
          await gate.ban(judged.forMs);
          if (pauses > 1) throw stillTooMany(host, options.nowMs() + judged.forMs);
          break;
        }
        case 'failed': {
          failures += 1;
          reasons.set(host, judged.reason);
          if (failures >= maxFailures) throw nobodyAnswered(facts.title, reasons, judged.cause);
          hosts.moveOn(host);
          const next = hosts.current();
          options.log?.(`${host}: ${judged.reason}; asking ${next === host ? 'again' : (next ?? 'nobody')}`);
          // A host that does not exist for us needs no time to recover when there is another.
          const isAway = judged.cause instanceof HttpFailure && (judged.cause.kind === 'refused' || judged.cause.kind === 'dns');
          if (!isAway || next === undefined || reasons.has(next)) await sleep(retryDelayMs(failures - 1, options.random), signal);
        }
      }
    }
  }

  return { ask: (question) => ask(question), counts: () => ({ requests, weight }) };
}

function stillTooMany(host: string, untilMs: number): ForecastLabError {
  const until = new Date(untilMs).toISOString();
  return new ForecastLabError('TEMPORARY', `${new URL(host).host} goes on to say that there are too many requests from this address.`, {
    hint: `Another program at this address uses the limit up. Try again after ${until}.`,
    details: { until, host: new URL(host).host },
  });
}

function queryText(query: Question<unknown>['query']): string {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

function anyOf(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a === undefined || b === undefined ? (a ?? b) : AbortSignal.any([a, b]);
}
