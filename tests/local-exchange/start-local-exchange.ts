// A local exchange that behaves as Binance does, as a real HTTP server on the loopback interface. For tests and demos.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest, type Exchange, type LoggedRequest } from './answer-request.js';
import type { ArchiveAlteration } from './archive-alterations.js';
import { archivesOfBar } from './archives-of-bar.js';
import { createDumps } from './dumps.js';
import { createExchangeClock } from './exchange-clock.js';
import { createFaults, type Faults } from './faults.js';
import type { Place } from './market.js';
import { createMarkets } from './markets.js';
import type { LocalExchangeOptions, Venue } from './options.js';
import type { RestatedValues } from './restate-bar.js';
import { createWeightCounter } from './weights.js';

export interface LocalExchange {
  /** `http://127.0.0.1:PORT`, for REST and archives alike. */
  readonly url: string;
  /** All addresses; the first is `url`. */
  readonly urls: readonly string[];
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  nowMs(): number;
  setTime(ms: number): void;
  advance(ms: number): void;
  /** Moves the clock on and returns at once: a sleep for clients under test. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Weight used in this minute. Default: at spot. */
  usedWeight(venue?: Venue): number;
  /** Sets the weight used in this minute, as if others behind the same address had used it. */
  useWeight(weight: number, venue?: Venue): void;
  /** Bans from now on, for two minutes by default. */
  ban(ms?: number, venue?: Venue): void;
  readonly faults: Faults;
  /**
   * From now on a bar has these values, as happens to days of the past. `in` says where: `rest` (default), `dumps` (its archives are
   * published anew then), or `both`.
   */
  restate(symbol: string, interval: string, openMs: number, values: RestatedValues, options?: { readonly venue?: Venue; readonly in?: Place | 'both' }): void;
  /** Publishes `BTCUSDT-1d-2024-01.zip` anew, with other bytes. */
  republish(archive: string): void;
  /** Serves an archive with something wrong. */
  alterArchive(archive: string, alteration: ArchiveAlteration): void;
  /** Nobody listens at this address (default: at any) until `up`. */
  down(host?: number): Promise<void>;
  up(host?: number): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_WEIGHTS: Readonly<Record<Venue, number>> = { spot: 6000, usdm: 2400 };
const DEFAULT_PATIENCE = 5;
const DEFAULT_BAN_MS = 120_000;
const LOOPBACK = '127.0.0.1';

export async function startLocalExchange(options: LocalExchangeOptions): Promise<LocalExchange> {
  const clock = createExchangeClock(options.nowMs);
  const markets = createMarkets(options.markets, options.delayMs);
  const dumps = createDumps(markets, clock);
  const faults = createFaults();
  const counter = (venue: Venue) => createWeightCounter(clock, { limit: options.weightLimit ?? DEFAULT_WEIGHTS[venue], patience: options.patience ?? DEFAULT_PATIENCE, banMs: options.banMs ?? DEFAULT_BAN_MS });
  const weights = { spot: counter('spot'), usdm: counter('usdm') };
  const requests: LoggedRequest[] = [];
  const pauses = new Set<NodeJS.Timeout>();
  const exchange: Exchange = {
    clock,
    markets,
    dumps,
    faults,
    weights,
    pageLimit: options.pageLimit,
    log: (request) => requests.push(request),
    pause: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          pauses.delete(timer);
          resolve();
        }, ms);
        pauses.add(timer);
      }),
  };
  const servers: Server[] = [];
  const ports: number[] = [];
  for (let host = 0; host < (options.hosts ?? 1); host += 1) {
    const server = createServer((request, response) => {
      answerRequest(exchange, host, request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    servers.push(server);
    ports.push(await listen(server, options.port === undefined ? 0 : options.port + host));
  }
  const chosen = (host: number | undefined): number[] => (host === undefined ? servers.map((_, i) => i) : [host]);
  const urls = ports.map((port) => `http://${LOOPBACK}:${port}`);
  return {
    url: urls[0] as string,
    urls,
    requests,
    nowMs: clock.nowMs,
    setTime: clock.setTime,
    advance: (ms) => clock.setTime(clock.nowMs() + ms),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      clock.setTime(clock.nowMs() + ms);
    },
    usedWeight: (venue = 'spot') => weights[venue].used(),
    useWeight: (weight, venue = 'spot') => weights[venue].use(weight),
    ban: (ms = DEFAULT_BAN_MS, venue = 'spot') => weights[venue].ban(ms),
    faults,
    restate: (symbol, interval, openMs, values, { venue = 'spot', in: where = 'rest' } = {}) => {
      markets.market(venue, symbol, interval).restate(openMs, values, where === 'both' ? ['rest', 'dumps'] : [where]);
      if (where !== 'rest') for (const archive of archivesOfBar({ venue, symbol, interval, openMs, nowMs: clock.nowMs() })) dumps.republish(archive);
    },
    republish: dumps.republish,
    alterArchive: dumps.alter,
    down: async (host) => {
      await Promise.all(chosen(host).map((i) => stop(servers[i] as Server)));
    },
    up: async (host) => {
      await Promise.all(chosen(host).map((i) => listen(servers[i] as Server, ports[i] as number)));
    },
    close: async () => {
      for (const timer of pauses) clearTimeout(timer);
      await Promise.all(servers.map(stop));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  if (server.listening) return Promise.resolve((server.address() as AddressInfo).port);
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
