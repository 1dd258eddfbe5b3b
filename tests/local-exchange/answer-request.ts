// From a request to its answer: fault, weight, endpoint.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { applyFault } from './apply-fault.js';
import { parseDumpPath } from './dump-name.js';
import type { Dumps } from './dumps.js';
import { dumpsAnswer } from './dumps-answer.js';
import { ENDPOINTS, placeOf } from './endpoints.js';
import type { ExchangeClock } from './exchange-clock.js';
import { limitAnswer } from './exchange-errors.js';
import type { Fault, Faults } from './faults.js';
import { PAGE_LIMITS } from './klines-answer.js';
import type { Markets } from './markets.js';
import type { Venue } from './options.js';
import { type Pause, sendAnswer } from './send-answer.js';
import { statusAnswer } from './status-answer.js';
import type { WeightCounter } from './weights.js';

/** One request as the exchange saw it. */
export interface LoggedRequest {
  /** By the exchange's clock, UTC ms. */
  readonly timeMs: number;
  /** Which address, counted from 0. */
  readonly host: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** null: no answer was sent (reset, or hung before the head). */
  readonly status: number | null;
  readonly weight: number;
  /** Of the body, before any cut. */
  readonly bytes: number;
  /** Of the fault that it met. */
  readonly fault?: Fault['kind'];
}

export interface Exchange {
  readonly clock: ExchangeClock;
  readonly markets: Markets;
  readonly dumps: Dumps;
  readonly faults: Faults;
  readonly weights: Readonly<Record<Venue, WeightCounter>>;
  readonly pageLimit: number | undefined;
  readonly pause: Pause;
  log(request: LoggedRequest): void;
}

export async function answerRequest(exchange: Exchange, host: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://exchange');
  const fault = exchange.faults.take({ host, path, query });
  const logged = { timeMs: exchange.clock.nowMs(), host, path, query: Object.fromEntries(query), headers: request.headers, ...(fault === undefined ? {} : { fault: fault.kind }) };
  if (fault?.kind === 'reset') {
    exchange.log({ ...logged, status: null, weight: 0, bytes: 0 });
    request.socket.resetAndDestroy();
    return;
  }
  const { answer, weight } = await makeAnswer(exchange, { path, query, request, fault });
  const changed = fault === undefined ? answer : applyFault(answer, fault);
  const isSilent = fault?.kind === 'hang' && fault.afterBytes === undefined;
  exchange.log({ ...logged, status: isSilent ? null : changed.status, weight, bytes: changed.body.length });
  await sendAnswer(request, response, changed, { fault, pause: exchange.pause });
}

async function makeAnswer(
  exchange: Exchange,
  { path, query, request, fault }: { readonly path: string; readonly query: URLSearchParams; readonly request: IncomingMessage; readonly fault: Fault | undefined },
): Promise<{ readonly answer: Answer; readonly weight: number }> {
  const { clock, markets, weights } = exchange;
  const place = placeOf(path);
  const nowMs = clock.nowMs();
  if (fault?.kind === 'status') {
    const { status, body, headers, retryAfterSeconds } = fault;
    const words = statusAnswer({ status, place, nowMs, weightLimit: weights[place === 'dumps' ? 'spot' : place].limit, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
    const wait = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
    return { answer: { ...words, headers: { ...words.headers, ...wait, ...headers }, ...(body === undefined ? {} : { body: Buffer.from(body) }) }, weight: 0 };
  }
  if (place === 'dumps') {
    const name = parseDumpPath(path);
    const file = name === undefined ? undefined : await exchange.dumps.file(name);
    return { answer: dumpsAnswer(path, file, request.headers), weight: 0 };
  }
  const endpoint = ENDPOINTS[path];
  if (endpoint === undefined) return { answer: { status: 404, headers: {}, body: Buffer.alloc(0) }, weight: 0 };
  const counter = weights[endpoint.venue];
  const weight = endpoint.weight(query);
  const verdict = counter.charge(weight);
  const unit = request.headers['x-mbx-time-unit']?.toString().toUpperCase() === 'MICROSECOND' && endpoint.venue === 'spot' ? 'us' : 'ms';
  const answer =
    verdict.kind === 'served'
      ? endpoint.answer(markets, { query, unit, nowMs, weightLimit: counter.limit, pageLimit: Math.min(exchange.pageLimit ?? PAGE_LIMITS[endpoint.venue], PAGE_LIMITS[endpoint.venue]) })
      : limitAnswer(endpoint.venue, verdict, counter.limit);
  const used = { 'X-MBX-USED-WEIGHT': String(verdict.used), 'X-MBX-USED-WEIGHT-1M': String(verdict.used) };
  return { answer: { ...answer, headers: { ...answer.headers, ...used } }, weight };
}
